import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { InvoiceRow } from './invoice-row.js';
import { parseYuan } from './parse-yuan.js';
import { InvoiceBatchMismatchError, InvoiceFileError } from './invoice-file-error.js';
import { readInvoicesV1, type InvoiceReadingV1 } from './read-invoices-v1.js';
import { firstMonthOf } from './trailing-months.js';

const HEADER = 'direction,invoice_no,issued_on,counterparty,amount_yuan,tax_yuan,total_yuan,status';
const CSV = `${HEADER}\nsale,1,2019-12-31,B1,330.19,19.81,350.0,valid\r\npurchase,2,2020-01-02,A2,-943.4,-56.6,-1000.0,void\n`;

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function collect(reading: InvoiceReadingV1): Promise<InvoiceRow[]> {
  const rows: InvoiceRow[] = [];
  for await (const chunk of reading) rows.push(...chunk);
  return rows;
}

test.each([1, 2, 7, 64, 100_000])('rows are the same whatever pieces of %i bytes the bytes come in, gzip or plain', async (size) => {
  for (const bytes of [Buffer.from(CSV), gzipSync(CSV)]) {
    const reading = readInvoicesV1(inPieces(bytes, size), { expectedSha256: createHash('sha256').update(bytes).digest('hex') });
    const rows = await collect(reading);
    expect(rows).toEqual([
      { direction: 'sale', invoiceNo: '1', issuedOn: '2019-12-31', counterparty: 'B1', amountMinor: 33019, taxMinor: 1981, totalMinor: 35000, status: 'valid' },
      {
        direction: 'purchase',
        invoiceNo: '2',
        issuedOn: '2020-01-02',
        counterparty: 'A2',
        amountMinor: -94340,
        taxMinor: -5660,
        totalMinor: -100000,
        status: 'void',
      },
    ]);
    expect(reading).toMatchObject({ rowCount: 2, badRowCount: 0 });
  }
});

test('columns are found by name, quoted fields and further columns are fine', async () => {
  const csv = 'status,extra,direction,counterparty,invoice_no,issued_on,total_yuan,tax_yuan,amount_yuan\nvalid,"a, b",sale,"B ""1""",9,2020-01-01,1.1,0.1,1\n';
  const [row] = await collect(readInvoicesV1(inPieces(Buffer.from(csv), 10)));
  expect(row).toMatchObject({ counterparty: 'B "1"', totalMinor: 110, taxMinor: 10, amountMinor: 100 });
});

test('bad rows are reported by line and left out, the good ones stay (R-CO-04)', async () => {
  const lines = [
    'sale,1,2019-12-31,B1,1.001,0,1,valid',
    'loan,1,2019-12-31,B1,1,0,1,valid',
    'sale,1,2019-13-01,B1,1,0,1,valid',
    'sale,1,2019-12-01,B1,1,0',
    'sale,,2019-12-01,B1,1,0,1,valid',
    'sale,7,2019-12-01,B1,1,0,1,valid',
  ];
  const csv = [HEADER, ...lines].join('\n');
  const reading = readInvoicesV1(inPieces(Buffer.from(csv), 50));
  expect((await collect(reading)).map((row) => row.invoiceNo)).toEqual(['7']);
  expect(reading.badRowCount).toBe(5);
  expect(reading.badRows.map((row) => row.line)).toEqual([2, 3, 4, 5, 6]);
});

test('other bytes than ordered, a missing column, an empty or cut file are refused', async () => {
  await expect(collect(readInvoicesV1(inPieces(Buffer.from(CSV), 50), { expectedSha256: '0'.repeat(64) }))).rejects.toThrow(InvoiceBatchMismatchError);
  await expect(collect(readInvoicesV1(inPieces(Buffer.from('a,b\n1,2\n'), 50)))).rejects.toThrow(InvoiceFileError);
  await expect(collect(readInvoicesV1(inPieces(Buffer.alloc(0), 50)))).rejects.toThrow(InvoiceFileError);
  await expect(collect(readInvoicesV1(inPieces(gzipSync(CSV).subarray(0, 60), 50)))).rejects.toThrow();
});

test('a reader that stops early lets go of the source', async () => {
  let released = false;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Buffer.from(CSV);
    } finally {
      released = true;
    }
  }
  for await (const rows of readInvoicesV1(source())) {
    expect(rows.length).toBeGreaterThan(0);
    break;
  }
  expect(released).toBe(true);
});

test('yuan text becomes fen exactly, for any amount', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -9_000_000_000_000_000n, max: 9_000_000_000_000_000n }), (minor) => {
      const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
      const text = `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
      expect(BigInt(parseYuan(text))).toBe(minor);
    }),
  );
  expect([parseYuan('1'), parseYuan('1.5'), parseYuan('-0.10'), parseYuan('+2.000'), parseYuan('-0.0')]).toEqual([100, 150, -10, 200, 0]);
  for (const wrong of ['', '-', '.', '1,000', '1e3', '1.005', '99999999999999999', ' 1', '1.2.3']) expect(parseYuan(wrong)).toBeNaN();
});

test('twelve months end with the reference month', () => {
  expect([firstMonthOf('2020-02', 12), firstMonthOf('2019-12', 12), firstMonthOf('2020-01', 1)]).toEqual(['2019-03', '2019-01', '2020-01']);
});
