import { lastFullMonthBefore, readInvoices } from '@millrace/invoices';
import { policyOf } from '@millrace/policy';
import { csvOf, ENCODINGS, PARTY_DISGUISES, ROW_DISGUISES, yuan, type FileLine } from '@millrace/testing';
import fc from 'fast-check';
import type { Replies } from '../sources/replies.js';
import type { VerificationDecision } from './decide-outcome.js';
import { readSignals } from './read-signals.js';
import type { VerificationSignals } from './signals.js';
import type { StoredVerification } from './stored-verification.js';
import { TradeTruthCollector } from '../sources/invoices/trade-truth.js';
import { VerificationTables } from './verification-tables.js';

// Method: a file is read, its figures become signals and the tables decide, as the service does it; every other source is silent and clean.
const POLICY = policyOf('online_microloan.v0');
const NOW = new Date('2026-03-02T01:00:00Z');
const tables = new VerificationTables();

async function signalsOf(lines: readonly FileLine[], encode: (text: string) => Buffer, related: readonly string[] = []): Promise<VerificationSignals> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield encode(csvOf(lines));
  }
  const { sameInvoiceMonths, mostPlausibleRowMinor } = POLICY.invoices;
  const file = await readInvoices(bytes(), { asOf: '2026-03-02', sameInvoiceMonths, mostPlausibleMinor: Number(mostPlausibleRowMinor) });
  const collector = new TradeTruthCollector(POLICY.invoices);
  collector.add(file.invoices);
  const truth = collector.finish(lastFullMonthBefore('2026-03-02'));
  const revenue = truth.invoicedRevenue12mMinor;
  const invoices = { order: {}, badRows: 0, report: file.report, truth: { ...truth, invoicedRevenue12mMinor: String(revenue) } };
  const registry = {
    status: 'active',
    name: 'F',
    establishedOn: '2019-01-01',
    legalRepresentativeSince: '2019-01-01',
    owners: [{ name: 'A', idNumber: '1', sharePercent: 100 }],
    legalRepresentative: { name: 'A', idNumber: '1' },
    relatedCounterparties: related,
  };
  const applicant = { name: 'A', idNumber: '990101199001010019', mobile: '', formFillSeconds: 200 };
  const verification = {
    applicant,
    uscc: '91990100MA0TE00010',
    companyNameSha256: null,
    declaredRevenueMinor: revenue,
    requestedAmountMinor: 100n,
    deviceFirms30d: 1,
    mobileFirms30d: 1,
    applications7d: 1,
    guarantors: [],
    policyVersion: POLICY.version,
  };
  const signals = readSignals(
    verification as unknown as StoredVerification,
    { invoices, registry } as unknown as Replies,
    { missingSources: 0, bureauQueried: true },
    NOW,
  );
  return { ...signals, legalRepresentativeMatches: true, usccValid: true, residentIdValid: true };
}

const decided = (signals: VerificationSignals): Promise<VerificationDecision> => tables.decide(signals, { unprovenAt: [], requestedAt: NOW }, POLICY);

/** A firm that the tables let pass: trade in each of the last months, twelve buyers, a few red letters. */
const cleanFile = fc
  .array(fc.record({ day: fc.integer({ min: 1, max: 28 }), yuan: fc.integer({ min: 500, max: 1_500 }) }), { minLength: 60, maxLength: 120 })
  .map((rows): FileLine[] =>
    rows.map(({ day, yuan: amount }, at) => ({
      direction: at % 5 === 4 ? 'purchase' : 'sale',
      no: String(1_000 + at),
      date: `${['2025-10', '2025-11', '2025-12', '2026-01', '2026-02'][at % 5]}-${String(day).padStart(2, '0')}`,
      party: at % 5 === 4 ? `S(${at % 4})` : `B(${at % 12})`,
      amountMinor: amount * 100,
      status: 'valid',
    })),
  );

const LIES: Readonly<Record<string, (line: FileLine, how: number) => FileLine[]>> = {
  'another amount under the same number': (line) => [line, { ...line, amountMinor: line.amountMinor + 1 }],
  'another party under the same number': (line) => [line, line.direction === 'sale' ? { ...line, party: 'C' } : { ...line, amountMinor: 7 }],
  'another day under the same number': (line) => [line, { ...line, date: line.date.replace(/..$/, '29').replace('02-29', '03-01') }],
  'a total that is not the sum': (line) => [
    { ...line, cells: [line.direction, line.no, line.date, line.party, yuan(line.amountMinor), '0.00', yuan(line.amountMinor + 2), 'valid'] },
  ],
  'a tax against its amount': (line) => [
    { ...line, cells: [line.direction, line.no, line.date, line.party, yuan(line.amountMinor), '-13.00', yuan(line.amountMinor - 1_300), 'valid'] },
  ],
  'an amount of no firm': (line) => [line, { ...line, no: '77', amountMinor: 9_000_000_000_000_000 }],
  'a day that has not come': (line) => [line, { ...line, no: '78', date: '2099-12-01' }],
};

describe('F01–F10: a file that contradicts itself is never decided by the machine', () => {
  test.each(Object.keys(LIES))('%s', async (name) => {
    await fc.assert(
      fc.asyncProperty(cleanFile, fc.nat(), fc.constantFrom(...ROW_DISGUISES), fc.constantFrom(...ENCODINGS), async (lines, nth, disguise, encode) => {
        expect((await decided(await signalsOf(lines, encode))).outcome).toBe('pass');
        const at = nth % lines.length;
        const [first, ...more] = LIES[name]!(lines[at]!, nth);
        const lying = [...lines.with(at, first!), ...more.map((line) => disguise(line))];
        expect((await decided(await signalsOf(lying, encode))).outcome).not.toBe('pass');
      }),
      { numRuns: 15, seed: 20_261_129, endOnFailure: true },
    );
  });

  test('F09: a relation is seen in whatever way either side writes it', async () => {
    const write = fc.constantFrom((party: string) => party, ...PARTY_DISGUISES);
    await fc.assert(
      fc.asyncProperty(cleanFile, write, write, write, async (lines, one, two, three) => {
        const sold = lines.map((line) => (line.direction === 'sale' ? { ...line, party: one('B(1)') } : line));
        const buys: FileLine = { direction: 'purchase', no: '99', date: '2026-02-03', party: two('B(1)'), amountMinor: 100, status: 'valid' };
        expect((await signalsOf([...sold, buys], (text) => Buffer.from(text))).relatedShareBps).toBe(10_000);
        expect((await signalsOf(sold, (text) => Buffer.from(text), [three('B(1)')])).relatedShareBps).toBe(10_000);
      }),
      { numRuns: 15, seed: 20_261_129, endOnFailure: true },
    );
  });
});
