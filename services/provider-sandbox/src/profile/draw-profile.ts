import { drawCompanyName, INDUSTRY_CODES } from './chinese-names.js';
import { drawAccountNumber, drawPerson, UNUSED_REGION } from './draw-identity.js';
import { NOTHING_FOUND, type FirmRecord, type TaxStatement } from './firm-record.js';
import { withSettings, type FirmProfile, type ProfileSettings, type TradeProfile } from './firm-profile.js';
import { FRAUD_PATTERNS, MIX_RANGES, type Mix, type MixRanges } from './mixes.js';
import { SeededDraw } from './seeded-draw.js';

/** What a firm is drawn from. */
export interface DrawProfileOptions {
  readonly mix: Mix;
  readonly seed: string;
  /** Business date (YYYY-MM-DD) on which it is made; the last full month before it is the reference month. */
  readonly today: string;
  /** What is set already; everything that depends on it follows. */
  readonly settings?: ProfileSettings;
}

const STEP_MINOR = 1_000_000;
const MIN_REQUEST_MINOR = 5_000_000;
const MAX_REQUEST_MINOR = 100_000_000;
const FEN_PER_YUAN = 100;
const DAY_MS = 86_400_000;

const integerIn = (draw: SeededDraw, [low, high]: readonly [number, number]): number => draw.integer(low, high);
const shareOf = (amountMinor: number, bps: number): number => Math.floor((amountMinor * bps) / 10_000);
const roundedTo = (amountMinor: number, step: number): number => Math.round(amountMinor / step) * step;
const score = (draw: SeededDraw, low: number, high: number): number => Math.round(draw.between(low, high) * 100) / 100;

function dateBefore(today: string, { months = 0, days = 0 }): string {
  const [year, month, day] = today.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year, month - 1 - months, Math.min(day, 28)) - days * DAY_MS).toISOString().slice(0, 10);
}

/** Last full month (YYYY-MM) before a date. */
export function lastFullMonth(today: string): string {
  return dateBefore(`${today.slice(0, 7)}-01`, { days: 1 }).slice(0, 7);
}

function drawTrade(draw: SeededDraw, ranges: MixRanges, today: string): TradeProfile {
  return {
    revenue12mMinor: String(Math.round(draw.logBetween(...ranges.revenueYuan)) * FEN_PER_YUAN),
    referenceMonth: lastFullMonth(today),
    historyMonths: integerIn(draw, ranges.historyMonths),
    growthBps: integerIn(draw, ranges.growthBps),
    grossMarginBps: integerIn(draw, ranges.grossMarginBps),
    variabilityBps: integerIn(draw, ranges.variabilityBps),
    monthsSinceLastSale: integerIn(draw, ranges.monthsSinceLastSale),
    salesInvoicesPerMonth: draw.integer(5, 18),
    buyerCount: draw.integer(8, 40),
    supplierCount: draw.integer(4, 20),
    topBuyerShareBps: integerIn(draw, ranges.topBuyerShareBps),
    circularShareBps: integerIn(draw, ranges.circularShareBps),
    voidShareBps: integerIn(draw, ranges.voidShareBps),
    redLetterShareBps: integerIn(draw, ranges.redLetterShareBps),
    vatRatePercent: 13,
  };
}

/** What is set of the trade; a firm that is set to be young has no invoices from before it was founded. */
function settledTrade(drawn: TradeProfile, settings: ProfileSettings, today: string): TradeProfile {
  const trade = Object.fromEntries(Object.entries(drawn).map(([field, value]) => [field, settings[field as keyof TradeProfile] ?? value])) as typeof drawn;
  if (!settings.establishedOn || settings.historyMonths !== undefined) return trade;
  const monthOf = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  return { ...trade, historyMonths: Math.min(trade.historyMonths, Math.max(1, monthOf(today) - monthOf(settings.establishedOn))) };
}

type Registered = Pick<
  FirmRecord,
  | 'name'
  | 'legalRepresentative'
  | 'bankAccount'
  | 'status'
  | 'establishedOn'
  | 'industryCode'
  | 'region'
  | 'registeredCapitalMinor'
  | 'legalRepresentativeSince'
  | 'abnormalListed'
  | 'seriousViolation'
  | 'owners'
  | 'relatedCounterparties'
>;

function drawRegistered(draw: SeededDraw, ageMonths: number, { today, settings = {} }: DrawProfileOptions): Registered {
  const industryCode = settings.industryCode ?? draw.pick(INDUSTRY_CODES);
  const drawnName = drawCompanyName(draw, industryCode);
  const name = settings.name ?? drawnName;
  const legalRepresentative = { ...drawPerson(draw), ...settings.legalRepresentative };
  const establishedOn = settings.establishedOn ?? dateBefore(today, { months: ageMonths, days: draw.integer(0, 20) });
  const other = drawPerson(draw);
  const majority = draw.chance(0.5) ? 100 : draw.integer(51, 90);
  const { name: ownerName, idNumber } = legalRepresentative;
  const owners = [{ name: ownerName, idNumber, sharePercent: majority }];
  if (majority < 100) owners.push({ name: other.name, idNumber: other.idNumber, sharePercent: 100 - majority });
  return {
    name,
    legalRepresentative,
    bankAccount: { accountName: name, accountNumber: drawAccountNumber(draw) },
    status: 'active',
    establishedOn,
    industryCode,
    region: UNUSED_REGION,
    registeredCapitalMinor: String(draw.pick([500_000, 1_000_000, 2_000_000, 5_000_000]) * FEN_PER_YUAN),
    legalRepresentativeSince: establishedOn,
    abnormalListed: false,
    seriousViolation: false,
    owners,
    relatedCounterparties: [],
  };
}

function drawStatement(draw: SeededDraw, ranges: MixRanges, revenueMinor: number, growthBps: number, debtMinor: number): TaxStatement {
  const cashFlowBps = integerIn(draw, ranges.cashFlowBps);
  return {
    cfads12mMinor: String(shareOf(revenueMinor, cashFlowBps)),
    ownFundsMinor: String(shareOf(revenueMinor, draw.integer(200, 700))),
    profitMarginBps: cashFlowBps,
    growthBps,
    inventoryDays: draw.integer(30, 60),
    receivableDays: draw.integer(40, 80),
    payableDays: draw.integer(20, 40),
    prepaidDays: draw.integer(5, 10),
    advanceDays: draw.integer(0, 5),
    workingCapitalLoansMinor: String(shareOf(debtMinor, 5_000)),
    otherChannelsMinor: '0',
    revenuePriorYearMinor: String(roundedTo(shareOf(revenueMinor, Math.round(100_000_000 / (10_000 + growthBps))), FEN_PER_YUAN)),
  };
}

type Financial = Omit<FirmRecord, keyof Registered>;

function drawFinancial(draw: SeededDraw, ranges: MixRanges, trade: TradeProfile, settings: ProfileSettings): Financial {
  const revenueMinor = Number(trade.revenue12mMinor);
  const lenderCount = integerIn(draw, ranges.lenders);
  const drawnDebtMinor = roundedTo(shareOf(revenueMinor, integerIn(draw, ranges.debtBps)), STEP_MINOR / 10);
  const debtMinor = Number(settings.totalDebtMinor ?? (lenderCount === 0 ? 0 : drawnDebtMinor));
  const overdueNow = draw.chance(ranges.overdue);
  const declaredMinor = roundedTo(revenueMinor * draw.between(0.98, 1.02), 100 * FEN_PER_YUAN);
  const request = Math.floor(shareOf(declaredMinor, draw.integer(500, 1_000)) / STEP_MINOR) * STEP_MINOR;
  return {
    declaredRevenueMinor: String(declaredMinor),
    requestedAmountMinor: String(Math.min(Math.max(request, MIN_REQUEST_MINOR), MAX_REQUEST_MINOR)),
    tenorMonths: draw.pick([6, 12, 12, 12, 18]),
    nameMatched: true,
    idMatched: true,
    phoneMatched: true,
    faceScore: score(draw, 0.9, 0.99),
    livenessScore: score(draw, 0.92, 0.99),
    deviceTampered: false,
    bureauFound: draw.chance(ranges.bureauFound),
    totalDebtMinor: String(debtMinor),
    unsecuredDebtMinor: String(shareOf(debtMinor, draw.integer(0, 4_000))),
    lenderCount,
    maxOverdueDays: overdueNow ? draw.integer(5, 60) : 0,
    overdueNow,
    ownerBureauFound: true,
    ownerOverdueNow: draw.chance(ranges.overdue / 2),
    ownerMaxOverdueDays: 0,
    taxClass: draw.weighted(ranges.taxClasses),
    taxPaid12mMinor: String(shareOf(revenueMinor, integerIn(draw, ranges.taxBps))),
    arrearsMinor: '0',
    declaredAnnualRevenueMinor: String(roundedTo(revenueMinor, FEN_PER_YUAN)),
    statement: drawStatement(draw, ranges, revenueMinor, trade.growthBps, debtMinor),
    ...NOTHING_FOUND,
    declinesSignature: false,
  };
}

/** A whole firm from a mix and a seed: the same ones give the same firm, but for the date it is made on. What is set counts more than what is drawn. */
export function drawProfile(options: DrawProfileOptions): FirmProfile {
  const { mix, seed, today, settings = {} } = options;
  const ranges = MIX_RANGES[mix];
  const trade = settledTrade(drawTrade(new SeededDraw(`${seed}/trade`), ranges, today), settings, today);
  const identity = new SeededDraw(`${seed}/identity`);
  const ageMonths = trade.historyMonths + integerIn(identity, ranges.monthsBeforeInvoices);
  const registered = drawRegistered(identity, ageMonths, options);
  const drawn: FirmProfile = { ...registered, ...drawFinancial(new SeededDraw(`${seed}/financial`), ranges, trade, settings), ...trade };
  if (mix !== 'fraudulent') return withSettings(drawn, settings);
  const pattern = new SeededDraw(`${seed}/fraud`).pick(FRAUD_PATTERNS);
  const fraud = pattern({ daysAgo: (days) => dateBefore(today, { days }), revenueMinor: BigInt(trade.revenue12mMinor) });
  return withSettings(withSettings(drawn, fraud), settings);
}
