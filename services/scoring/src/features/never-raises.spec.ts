import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { policyPackByVersion } from '@millrace/policy';
import { csvOf, ENCODINGS, ROW_DISGUISES, yuan, type FileLine } from '@millrace/testing';
import { InvoiceFileError, readInvoicesV1 } from '@millrace/invoices';
import { processEnvironment } from '@millrace/service';
import fc from 'fast-check';
import { S01_FACTS, scoringRequest } from '../../test/scoring-request.js';
import { readBatchEvidence } from '../invoices/batch-evidence.js';
import { evaluateFirm, type FirmResult } from '../score/evaluate-firm.js';
import { loadScorecard } from '../scorecard/load-scorecard.js';

// Method: a file is changed in ways that must never help; it is read, scored and limited as the service does it, before and after.
const PACK = policyPackByVersion('online_microloan.v0');
const CARD = loadScorecard('sme-invoice-v2');
const REFERENCE = '2020-02';
const AS_OF = '2020-03-15';
const SEED = 20_261_129;

async function resultOf(lines: readonly FileLine[], encode: (text: string) => Buffer): Promise<FirmResult> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield encode(csvOf(lines));
  }
  const ref = { batchId: 'b', sha256: '', invoiceCount: lines.length, referenceMonth: REFERENCE, asOf: AS_OF };
  const invoices = await readBatchEvidence(bytes(), ref, PACK.invoices);
  // The revenue that verification states is read from the same file by the same rules.
  const facts = {
    ...S01_FACTS,
    invoicedRevenue12mMinor: invoices.revenue12mMinor,
    cfads12mMinor: null,
    workingCapitalNeedMinor: null,
    taxPaid12mMinor: '900000000000',
  };
  const request = scoringRequest(facts, { requestedAmountMinor: '300000000' });
  return evaluateFirm({ request, facts, invoices, scorecard: CARD, policySha256: '' }, CARD, PACK);
}

/** A change with what it is called; `at` chooses rows, `how` a way. */
type Change = (lines: readonly FileLine[], at: number, how: number) => readonly FileLine[];

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length]!;
const insert = (lines: readonly FileLine[], at: number, line: FileLine): FileLine[] => lines.toSpliced(at % (lines.length + 1), 0, line);
const lieOf = (line: FileLine, how: number): FileLine => {
  const amount = yuan(line.amountMinor);
  const total = pick([yuan(line.amountMinor + 100_000), yuan(-line.amountMinor - 200), '9999.00'], how);
  return { ...line, cells: [line.direction, line.no, line.date, line.party, amount, '0.00', total, line.status] };
};

const CHANGES: Readonly<Record<string, Change>> = {
  'a copy': (lines, at, how) => insert(lines, at * 7 + how, pick(lines, at)),
  'a copy in disguise': (lines, at, how) => insert(lines, at * 7 + how, pick(ROW_DISGUISES, how)(pick(lines, at))),
  'the whole file twice': (lines, _, how) => [...lines, ...lines.map((line) => pick(ROW_DISGUISES, how)(line))],
  'a later void': (lines, at, how) => insert(lines, at * 5 + how, { ...pick(lines, at), status: 'void' }),
  'a whole month voided later': (lines, at) => [
    ...lines,
    ...lines.filter(({ date }) => date.slice(0, 7) === pick(lines, at).date.slice(0, 7)).map((line) => ({ ...line, status: 'void' })),
  ],
  'another way of writing': (lines, _, how) => lines.map((line) => pick(ROW_DISGUISES, how)(line)),
  'some rows in another way of writing': (lines, at, how) => lines.map((line, row) => (row % 3 === at % 3 ? pick(ROW_DISGUISES, how)(line) : line)),
  'a sale of a fen': (lines, at, how) =>
    insert(lines, at, {
      direction: 'sale',
      no: `9${at}`,
      date: pick(['2020-02-28', '2017-03-01', '2019-08-15'], how),
      party: `X${at}`,
      amountMinor: how % 3,
      status: 'valid',
    }),
  'a sale of a fen in every month': (lines) => [
    ...lines,
    ...Array.from({ length: 36 }, (_, month) => ({
      direction: 'sale' as const,
      no: `8${month}`,
      date: `${2017 + Math.floor((month + 2) / 12)}-${String(((month + 2) % 12) + 1).padStart(2, '0')}-09`,
      party: `X${month}`,
      amountMinor: 1,
      status: 'valid',
    })),
  ],
  'a red letter of a yuan': (lines, at) =>
    insert(lines, at, { direction: 'sale', no: `7${at}`, date: '2020-02-20', party: 'X', amountMinor: -100, status: 'valid' }),
  'a second row with a larger amount': (lines, at, how) => insert(lines, at + how, { ...pick(lines, at), amountMinor: pick(lines, at).amountMinor * 3 + 1 }),
  'a sum that lies': (lines, at, how) => lines.with(at % lines.length, lieOf(pick(lines, at), how)),
  'a row beyond any firm': (lines, at) => insert(lines, at, { ...pick(lines, at), no: `6${at}`, direction: 'sale', amountMinor: 9_000_000_000_000_000 }),
  'a day that has not come': (lines, at) => insert(lines, at, { ...pick(lines, at), no: `5${at}`, date: '2099-12-01' }),
  'a day that no calendar has': (lines, at) => insert(lines, at, { ...pick(lines, at), no: `4${at}`, date: '2020-02-30' }),
};

const month = (back: number): string => {
  const index = 2020 * 12 + 1 - back;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
};

/** A made firm: some months without trade, one that is larger than the others, red letters, void invoices, few parties. */
const madeFile = fc
  .array(
    fc.record({
      back: fc.integer({ min: 0, max: 35 }),
      day: fc.integer({ min: 1, max: 28 }),
      party: fc.integer({ min: 0, max: 6 }),
      yuan: fc.integer({ min: 100, max: 90_000 }),
      kind: fc.integer({ min: 0, max: 19 }),
    }),
    { minLength: 12, maxLength: 80 },
  )
  .map((rows): FileLine[] =>
    rows.map(({ back, day, party, yuan: amount, kind }, at) => ({
      direction: kind > 14 ? 'purchase' : 'sale',
      no: String(1_000 + at),
      date: `${month(back)}-${String(day).padStart(2, '0')}`,
      party: `P(${party})Trading`,
      amountMinor: (kind === 0 ? -1 : 1) * (back === 20 ? 20 : 1) * amount * 100,
      status: kind === 1 ? 'void' : 'valid',
    })),
  );

const choice = { at: fc.nat(10_000), how: fc.nat(50), encoding: fc.constantFrom(...ENCODINGS) };

async function expectNotRaised(lines: readonly FileLine[], changed: readonly FileLine[], encoding: (text: string) => Buffer): Promise<void> {
  const before = await resultOf(lines, (text) => Buffer.from(text));
  try {
    const after = await resultOf(changed, encoding);
    // What lenders act on: a file that a person has to look at may still show another score.
    expect(BigInt(after.limitMinor)).toBeLessThanOrEqual(BigInt(before.limitMinor));
  } catch (error) {
    if (!(error instanceof InvoiceFileError)) throw error;
  }
}

describe('F01–F09: no change that only disguises, doubles or takes away raises a limit', () => {
  test.each(Object.keys(CHANGES))('made files: %s', async (name) => {
    await fc.assert(
      fc.asyncProperty(madeFile, choice.at, choice.how, choice.encoding, (lines, at, how, encoding) =>
        expectNotRaised(lines, CHANGES[name]!(lines, at, how), encoding),
      ),
      { numRuns: 15, seed: SEED, endOnFailure: true },
    );
  });

  const folder = join(processEnvironment()['LENDING_DATA_DIR'] ?? '', 'sme-invoices', 'invoices');
  const real = processEnvironment()['LENDING_DATA_DIR'] !== undefined && existsSync(folder);
  (real ? test : test.skip)(
    'real files, where LENDING_DATA_DIR names them: every change on each of six of up to 500 invoices',
    async () => {
      let files = 0;
      for (const file of readdirSync(folder).sort()) {
        const lines: FileLine[] = [];
        for await (const rows of readInvoicesV1(createReadStream(join(folder, file)))) {
          for (const row of rows)
            lines.push({
              direction: row.direction,
              no: row.invoiceNo,
              date: row.issuedOn,
              party: row.counterparty,
              amountMinor: row.amountMinor,
              status: row.status,
            });
        }
        if (lines.length > 500) continue;
        for (const [at, change] of Object.values(CHANGES).entries())
          await expectNotRaised(lines, change(lines, (SEED % 997) + at * 31, at + files), pick(ENCODINGS, at));
        files += 1;
        if (files === 6) break;
      }
      expect(files).toBe(6);
    },
    120_000,
  );
});
