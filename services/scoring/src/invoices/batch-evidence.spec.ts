import { policyOf } from '@millrace/policy';
import { invoiceBatch } from '../../test/invoice-batch.js';
import { readBatchEvidence, readBatchEvidenceV1 } from './batch-evidence.js';

const PARAMETERS = policyOf('online_microloan.v0').invoices;

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

test('the figures are those of the invoices, kept as plain JSON, with the rules they were made by', async () => {
  const { bytes, ref } = invoiceBatch('b2', 4);
  // The first four invoices fall into 2017-03 to 2017-06: 36 months of history, no sale in the last 12.
  const evidence = await readBatchEvidence(whole(bytes), { ...ref, asOf: '2020-03-02' }, PARAMETERS);
  expect(evidence).toMatchObject({
    batchId: 'b2',
    featureSet: 2,
    asOf: '2020-03-02',
    rowCount: 4,
    report: { lines: 4, unreadable: 0, duplicates: 0 },
    revenue12mMinor: '0',
    netVat12mMinor: '0',
    inputs: { monthsObserved: 36, revenue36mYuan: 1000 + 8919 + 7838 },
  });
  expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
});

test('what was verified by the rules of v1 is read by them, and keeps the form that it is stored in', async () => {
  const { bytes, ref } = invoiceBatch('b3', 400);
  const [first, second] = [await readBatchEvidenceV1(whole(bytes), ref), await readBatchEvidence(whole(bytes), { ...ref, asOf: '2020-03-02' }, PARAMETERS)];
  expect(Object.keys(first)).not.toContain('featureSet');
  // A file without a fault says the same by both.
  expect(first.revenue12mMinor).toBe(second.revenue12mMinor);
  expect(first.inputs.salesVariability36m).toBeCloseTo(second.inputs.salesVariability36m!, 12);
});

test('the bytes must be those that were verified', async () => {
  const { bytes, ref } = invoiceBatch('b4', 4);
  await expect(readBatchEvidence(whole(bytes), { ...ref, sha256: '0'.repeat(64), asOf: '2020-03-02' }, PARAMETERS)).rejects.toThrow('not have the bytes');
});
