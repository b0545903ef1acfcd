import { drawCompanyName, INDUSTRY_CODES } from '../profile/chinese-names.js';
import { drawAccountNumber, drawPerson, drawUscc, UNUSED_REGION, type DrawnPerson } from '../profile/draw-identity.js';
import { NOTHING_FOUND, type FirmRecord, type TaxStatement } from '../profile/firm-record.js';
import { SeededDraw } from '../profile/seeded-draw.js';
import { monthsUpTo } from '../profile/plan-months.js';
import type { MonthTotals } from './inspect-file.js';

/** What a data folder lacks and the invoices do not change (docs/provider-contract.md, data folders). */
export interface MadeUpIdentity {
  readonly uscc: string;
  readonly name: string;
  readonly legalRepresentative: DrawnPerson;
  readonly accountNumber: string;
  readonly industryCode: string;
}

const MIN_REQUEST_MINOR = 5_000_000;
const MAX_REQUEST_MINOR = 100_000_000;
const REQUEST_STEP_MINOR = 1_000_000;
const DECLARED_STEP_MINOR = 10_000;

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The same for a set's name and a firm's id, on every machine and at every time. */
export function makeUpIdentity(dataSet: string, firmId: string, name: string | null): MadeUpIdentity {
  const draw = new SeededDraw(`data/${dataSet}/${firmId}/identity`);
  const industryCode = draw.pick(INDUSTRY_CODES);
  const drawnName = drawCompanyName(draw, industryCode);
  return { uscc: drawUscc(draw), name: name ?? drawnName, legalRepresentative: drawPerson(draw), accountNumber: drawAccountNumber(draw), industryCode };
}

/** Sums of a firm's invoices that its made-up figures rest on; fen. */
export interface TwelveMonths {
  readonly salesMinor: number;
  readonly purchasesMinor: number;
  /** Output less input VAT; may be negative. */
  readonly netVatMinor: number;
  readonly priorSalesMinor: number;
}

/** The 12 months that end with the reference month, and sales of the 12 before them. */
export function twelveMonths(months: Readonly<Record<string, MonthTotals>>, referenceMonth: string): TwelveMonths {
  const window = monthsUpTo(referenceMonth, 24);
  const sum = (names: readonly string[], field: keyof MonthTotals): number => names.reduce((total, month) => total + (months[month]?.[field] ?? 0), 0);
  const last = window.slice(12);
  return {
    salesMinor: sum(last, 'salesMinor'),
    purchasesMinor: sum(last, 'purchasesMinor'),
    netVatMinor: sum(last, 'salesTaxMinor') - sum(last, 'purchasesTaxMinor'),
    priorSalesMinor: sum(window.slice(0, 12), 'salesMinor'),
  };
}

function makeUpStatement(draw: SeededDraw, year: TwelveMonths, revenueMinor: number, profitMinor: number): TaxStatement {
  const growth = year.priorSalesMinor > 0 ? revenueMinor / year.priorSalesMinor - 1 : 0;
  return {
    cfads12mMinor: String(profitMinor),
    ownFundsMinor: String(Math.floor(revenueMinor * 0.05)),
    profitMarginBps: revenueMinor > 0 ? Math.round((profitMinor * 10_000) / revenueMinor) : 0,
    growthBps: Math.round(clamp(growth, -0.5, 0.5) * 10_000),
    inventoryDays: draw.integer(30, 60),
    receivableDays: draw.integer(40, 80),
    payableDays: draw.integer(20, 40),
    prepaidDays: draw.integer(5, 10),
    advanceDays: draw.integer(0, 5),
    workingCapitalLoansMinor: '0',
    otherChannelsMinor: '0',
    revenuePriorYearMinor: String(revenueMinor),
  };
}

function makeUpDebts(draw: SeededDraw, revenueMinor: number): Pick<FirmRecord, 'bureauFound' | 'totalDebtMinor' | 'unsecuredDebtMinor' | 'lenderCount'> {
  const bureauFound = draw.chance(0.8);
  const lenderCount = draw.integer(0, 2);
  const unsecured = Math.floor(revenueMinor * draw.between(0, 0.05));
  const total = unsecured + Math.floor(revenueMinor * draw.between(0, 0.05));
  const [totalDebtMinor, unsecuredDebtMinor] = lenderCount === 0 ? ['0', '0'] : [String(total), String(unsecured)];
  return { bureauFound, totalDebtMinor, unsecuredDebtMinor, lenderCount };
}

function makeUpRegistration(draw: SeededDraw, identity: MadeUpIdentity): Pick<FirmRecord, RegistrationField> {
  const { legalRepresentative } = identity;
  const establishedOn = `${draw.integer(2008, 2015)}-${String(draw.integer(1, 12)).padStart(2, '0')}-${String(draw.integer(1, 28)).padStart(2, '0')}`;
  const majority = draw.chance(0.5) ? 100 : draw.integer(51, 90);
  const other = drawPerson(draw);
  const owners = [{ name: legalRepresentative.name, idNumber: legalRepresentative.idNumber, sharePercent: majority }];
  if (majority < 100) owners.push({ name: other.name, idNumber: other.idNumber, sharePercent: 100 - majority });
  const registeredCapitalMinor = String(draw.pick([50_000_000, 100_000_000, 200_000_000, 500_000_000]));
  return { establishedOn, legalRepresentativeSince: establishedOn, owners, registeredCapitalMinor };
}

type RegistrationField = 'establishedOn' | 'legalRepresentativeSince' | 'owners' | 'registeredCapitalMinor';

/** A whole record, mostly clean, so that decisions rest on the invoices. */
export function makeUpRecord(dataSet: string, firmId: string, identity: MadeUpIdentity, year: TwelveMonths): FirmRecord {
  const draw = new SeededDraw(`data/${dataSet}/${firmId}/record`);
  const revenueMinor = Math.max(0, year.salesMinor);
  const profitMinor = Math.round(clamp((year.salesMinor - year.purchasesMinor) / 4, revenueMinor * 0.02, revenueMinor * 0.15));
  const taxMinor = revenueMinor > 0 ? Math.round(Math.max(year.netVatMinor, revenueMinor * 0.005) + profitMinor * 0.05) : 0;
  const declaredMinor = Math.round((revenueMinor * draw.between(0.98, 1.02)) / DECLARED_STEP_MINOR) * DECLARED_STEP_MINOR;
  const request = Math.floor(declaredMinor / 10 / REQUEST_STEP_MINOR) * REQUEST_STEP_MINOR;
  return {
    ...makeUpRegistration(draw, identity),
    ...makeUpDebts(draw, revenueMinor),
    name: identity.name,
    legalRepresentative: identity.legalRepresentative,
    bankAccount: { accountName: identity.name, accountNumber: identity.accountNumber },
    declaredRevenueMinor: String(declaredMinor),
    requestedAmountMinor: String(clamp(request, MIN_REQUEST_MINOR, MAX_REQUEST_MINOR)),
    tenorMonths: 12,
    status: 'active',
    industryCode: identity.industryCode,
    region: UNUSED_REGION,
    abnormalListed: false,
    seriousViolation: false,
    relatedCounterparties: [],
    nameMatched: true,
    idMatched: true,
    phoneMatched: true,
    faceScore: Math.round(draw.between(0.9, 0.99) * 100) / 100,
    livenessScore: Math.round(draw.between(0.92, 0.99) * 100) / 100,
    deviceTampered: false,
    maxOverdueDays: 0,
    overdueNow: false,
    ownerBureauFound: true,
    ownerOverdueNow: false,
    ownerMaxOverdueDays: 0,
    taxClass: draw.weighted({ A: 25, B: 45, M: 25, C: 5 }),
    taxPaid12mMinor: String(taxMinor),
    arrearsMinor: '0',
    declaredAnnualRevenueMinor: String(revenueMinor),
    statement: makeUpStatement(draw, year, revenueMinor, profitMinor),
    ...NOTHING_FOUND,
    declinesSignature: false,
  };
}
