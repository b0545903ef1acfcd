import type { InvoiceRow } from '@millrace/invoices';
import { invoiceBatch } from '../../test/invoice-batch.js';
import { InvoiceFeatureAccumulator } from '../features/invoice-features.js';
import { readBatchEvidence } from './batch-evidence.js';

const PIECE_BYTES = 16_384;

test('50,000 invoices never lie in memory together: what is read ahead stays far below the whole', async () => {
  const { bytes, ref } = invoiceBatch('b1', 50_000);
  let added = 0;
  const { prototype } = InvoiceFeatureAccumulator;
  const original = Object.getOwnPropertyDescriptor(prototype, 'add')!;
  prototype.add = function (row) {
    added += 1;
    (original.value as (row: InvoiceRow) => void).call(this, row);
  };
  const waiting: number[] = [];
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      // About as many invoices as have been handed out and are not yet in the figures.
      waiting.push((at / bytes.length) * 50_000 - added);
      yield bytes.subarray(at, at + PIECE_BYTES);
    }
  }
  const evidence = await readBatchEvidence(pieces(), ref).finally(() => Object.defineProperty(prototype, 'add', original));
  expect(evidence).toMatchObject({ rowCount: 50_000, badRowCount: 0, laterRowCount: 0, sha256: ref.sha256 });
  expect(added).toBe(50_000);
  expect(waiting.length).toBeGreaterThan(20);
  expect(Math.max(...waiting)).toBeLessThan(12_000);
});

test('the figures are those of the rows, kept as plain JSON', async () => {
  const { bytes, ref } = invoiceBatch('b2', 4);
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  // The first four invoices fall into 2017-03 to 2017-06: 36 months of history, no sale in the last 12.
  const evidence = await readBatchEvidence(whole(), ref);
  expect(evidence).toMatchObject({
    batchId: 'b2',
    rowCount: 4,
    revenue12mMinor: '0',
    netVat12mMinor: '0',
    inputs: { monthsObserved: 36, revenue36mYuan: 1000 + 8919 + 7838 },
  });
  expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
});
