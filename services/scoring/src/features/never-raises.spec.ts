import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { policyOf } from '@millrace/policy';
import { csvOf, ENCODINGS, type FileLine } from '@millrace/testing';
import { InvoiceFileError, readInvoicesV1 } from '@millrace/invoices';
import { processEnvironment } from '@millrace/service';
import fc from 'fast-check';
import { CHANGES, madeFile, pick, steadyFile } from '../../test/invoice-changes.js';
import { S01_FACTS, scoringRequest } from '../../test/scoring-request.js';
import { readBatchEvidence } from '../invoices/batch-evidence.js';
import { evaluateFirm, type FirmResult } from '../score/evaluate-firm.js';
import { loadScorecard } from '../scorecard/load-scorecard.js';

// Goal (F01–F09): changes that must never help raise no limit. They may raise a score or the risk index by some points: what the engine then decides is compared
// in tools/never-lends-more.spec.ts, over verification, score and approval.
// Method: a file is changed; it is read, scored and limited as the service does it, before and after. Made files of a fixed seed and of a new one.
const POLICY = policyOf('online_microloan.v0');
const CARD = loadScorecard('sme-invoice-v2');
const REFERENCE = '2020-02';
const AS_OF = '2020-03-15';
const SEED = 20_261_129;
const FRESH = Date.now() % 2 ** 31;

async function resultOf(lines: readonly FileLine[], encode: (text: string) => Buffer): Promise<FirmResult> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield encode(csvOf(lines));
  }
  const ref = { batchId: 'b', sha256: '', invoiceCount: lines.length, referenceMonth: REFERENCE, asOf: AS_OF };
  const invoices = await readBatchEvidence(bytes(), ref, POLICY.invoices);
  // The revenue that verification states is read from the same file by the same rules.
  const facts = {
    ...S01_FACTS,
    invoicedRevenue12mMinor: invoices.revenue12mMinor,
    cfads12mMinor: null,
    workingCapitalNeedMinor: null,
    taxPaid12mMinor: '900000000000',
  };
  const request = scoringRequest(facts, { requestedAmountMinor: '300000000' });
  return evaluateFirm({ request, facts, invoices, scorecard: CARD, policySha256: '' }, CARD, POLICY);
}

const choice = { at: fc.nat(10_000), how: fc.nat(50), encoding: fc.constantFrom(...ENCODINGS) };

async function expectNotRaised(lines: readonly FileLine[], changed: readonly FileLine[], encoding: (text: string) => Buffer): Promise<void> {
  const before = await resultOf(lines, (text) => Buffer.from(text));
  try {
    const after = await resultOf(changed, encoding);
    expect(BigInt(after.limitMinor)).toBeLessThanOrEqual(BigInt(before.limitMinor));
  } catch (error) {
    if (!(error instanceof InvoiceFileError)) throw error;
  }
}

describe('F01–F09: no change that only disguises, doubles or takes away raises a limit', () => {
  test.each(Object.keys(CHANGES).flatMap((name) => [SEED, FRESH].map((seed) => [name, seed] as const)))('made files: %s (seed %i)', async (name, seed) => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(steadyFile, madeFile), choice.at, choice.how, choice.encoding, (lines, at, how, encoding) =>
        expectNotRaised(lines, CHANGES[name]!(lines, at, how), encoding),
      ),
      { numRuns: 15, seed, endOnFailure: true },
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
