import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { InvoiceBatchMismatchError, InvoiceFileError } from './invoice-file-error.js';
import { readInvoices, type InvoiceFile, type ReadInvoicesOptions } from './read-invoices.js';

const HEADER = 'direction,invoice_no,issued_on,counterparty,amount_yuan,tax_yuan,total_yuan,status';
const RULES: ReadInvoicesOptions = { asOf: '2026-11-29', sameInvoiceMonths: 12, mostPlausibleMinor: 10_000_000_000 };
const GBK =
  'ZGlyZWN0aW9uLGludm9pY2Vfbm8saXNzdWVkX29uLGNvdW50ZXJwYXJ0eSxhbW91bnRfeXVhbix0YXhfeXVhbix0b3RhbF95dWFuLHN0YXR1cwpzYWxlLDU0MDEsMjAyNi0xMC0wMyy7qrarvNfDs9LX09DP3rmry74sOTAwLjAwLDExNy4wMCwxMDE3LjAwLHZhbGlkCnNhbGUsNTQwMiwyMDI2LTEwLTA0LLuqtqvS0sOz0tfT0M/euavLviwxMDAuMDAsMTMuMDAsMTEzLjAwLHZhbGlkCg==';

async function* inPieces(bytes: Uint8Array, size = 50): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = (bytes: Uint8Array, options: Partial<ReadInvoicesOptions> = {}): Promise<InvoiceFile> => readInvoices(inPieces(bytes), { ...RULES, ...options });
const readLines = (...lines: string[]): Promise<InvoiceFile> => read(Buffer.from([HEADER, ...lines].join('\n')));
const sale = (no: string | number, rest: string): string => `sale,${no},${rest}`;
const revenue = ({ invoices }: InvoiceFile): number =>
  invoices.reduce((sum, row) => (row.direction === 'sale' && row.status === 'valid' ? sum + row.amountMinor : sum), 0);

test.each([1, 7, 100_000])('rows are the same whatever pieces of %i bytes the bytes come in, gzip or plain', async (size) => {
  const csv = `${HEADER}\nsale,1,2019-12-31,B1,330.19,19.81,350.0,valid\r\npurchase,2,2020-01-02,a2,-943.4,-56.6,-1000.0,void\n`;
  for (const bytes of [Buffer.from(csv), gzipSync(csv)]) {
    const file = await readInvoices(inPieces(bytes, size), { ...RULES, expectedSha256: createHash('sha256').update(bytes).digest('hex') });
    expect(file.invoices).toEqual([
      expect.objectContaining({
        direction: 'sale',
        invoiceNo: '1',
        issuedOn: '2019-12-31',
        party: 'B1',
        amountMinor: 33019,
        taxMinor: 1981,
        totalMinor: 35000,
      }),
      expect.objectContaining({ direction: 'purchase', counterparty: 'a2', party: 'A2', amountMinor: -94340, totalMinor: -100000, status: 'void' }),
    ]);
    expect(file.report).toMatchObject({ lines: 2, unreadable: 0, otherForm: 0, duplicates: 0, examples: [] });
  }
});

test('other bytes than ordered, an empty or cut file are refused', async () => {
  const csv = `${HEADER}\n`;
  await expect(read(Buffer.from(csv), { expectedSha256: '0'.repeat(64) })).rejects.toThrow(InvoiceBatchMismatchError);
  await expect(read(Buffer.alloc(0))).rejects.toThrow(InvoiceFileError);
  await expect(read(gzipSync(csv).subarray(0, 30))).rejects.toThrow();
  expect((await read(Buffer.from(csv))).report.lines).toBe(0);
});

test('columns are found by name in any order and case, further ones are fine; a missing one or one that is there twice is refused', async () => {
  const head = '\uFEFFStatus, EXTRA ,Direction,counterparty,Invoice_No,issued_on,total_yuan,tax_yuan,amount_yuan';
  const file = await read(Buffer.from(`${head}\nvalid,"a, b",sale,"B ""1""",9,2020-01-01,1.1,0.1,1\n`));
  expect(file.invoices[0]).toMatchObject({ counterparty: 'B "1"', totalMinor: 110, taxMinor: 10, amountMinor: 100 });
  await expect(read(Buffer.from('a,b\n1,2\n'))).rejects.toThrow('has no column direction');
  await expect(read(Buffer.from(`${HEADER},Amount_Yuan\n`))).rejects.toThrow('has the column amount_yuan twice');
});

describe('F23: quotes are read before lines', () => {
  it.each([
    ['a line break', '"Buyer A\nBranch"', 'BUYER A BRANCH'],
    ['a Windows line break', '"Buyer A\r\nBranch"', 'BUYER A BRANCH'],
    ['a comma and quotes', '"Buyer, ""A"""', 'BUYER,"A"'],
    ['a quote in the middle', 'Buyer "A" Ltd', 'BUYER"A"LTD'],
  ])('%s in a field is part of it', async (_, field, party) => {
    const file = await readLines(sale(5901, `2026-10-03,${field},100.00,13.00,113.00,valid`), sale(5902, '2026-10-03,B,1.00,0.13,1.13,valid'));
    expect(file.report).toMatchObject({ lines: 2, unreadable: 0 });
    expect(file.invoices.map((row) => row.party)).toEqual([party, 'B']);
  });

  it('a quote that is never closed makes the file unreadable, not shorter', async () => {
    await expect(readLines(sale(1, '2026-10-03,B,1,0,1,valid'), sale(2, '2026-10-03,"B,1,0,1,valid'))).rejects.toThrow(InvoiceFileError);
  });
});

describe('F04: the encoding is found out, or the file is refused', () => {
  const text = `${HEADER}\nsale,1,2026-10-03,华东甲贸易有限公司,900.00,117.00,1017.00,valid\nsale,2,2026-10-04,华东乙贸易有限公司,100.00,13.00,113.00,valid\n`;
  const utf16 = Buffer.from(text, 'utf16le');
  it.each([
    ['GBK', Buffer.from(GBK, 'base64')],
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 LE', utf16],
    ['UTF-16 LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ['UTF-16 BE', Buffer.from(utf16).swap16()],
    ['UTF-16 BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])],
  ])('%s', async (_, bytes) => {
    for (const packed of [bytes, gzipSync(bytes)]) {
      const { invoices, report } = await read(packed);
      expect(invoices.map((row) => row.party)).toEqual(['华东甲贸易有限公司', '华东乙贸易有限公司']);
      expect(report).toMatchObject({ unreadable: 0, otherForm: 0 });
    }
  });

  it('bytes of no encoding are refused', async () => {
    await expect(read(Buffer.concat([Buffer.from(`${HEADER}\nsale,1,2026-10-03,`), Buffer.from([0xff, 0x80, 0x41])]))).rejects.toThrow('neither UTF-8');
    await expect(read(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(GBK, 'base64')]))).rejects.toThrow(InvoiceFileError);
  });

  it('names that were damaged before the file came are no names', async () => {
    const file = await readLines(sale(1, '2026-10-03,\uFFFD\uFFFD,1.00,0,1.00,valid'), sale(2, '2026-10-03,B,1.00,0,1.00,valid'));
    expect([file.invoices.length, file.report.unreadable]).toEqual([1, 1]);
  });
});

describe('F03: what is written in another form is read right and counted, what cannot be read is counted', () => {
  it.each([
    ['2026/01/05', '1000.00', 'valid'],
    ['2026/1/5', '1000', '正常'],
    ['20260105', '"1,000.00"', 'valid'],
    ['2026年1月5日', '￥1000.00', '已开具'],
    ['２０２６－０１－０５', '１０００．００', '正常'],
    ['2026-01-05 10:20:30', '1000.00元', 'VALID'],
    ['2026.01.05', '"¥1,000.00"', ' valid '],
  ])('%s, %s, %s', async (date, amount, status) => {
    const file = await readLines(sale(1, `${date},B,${amount},0.00,${amount},${status}`), sale(2, '2026-02-05,B,1.00,0,1.00,valid'));
    expect(file.invoices[0]).toMatchObject({ issuedOn: '2026-01-05', amountMinor: 100_000, totalMinor: 100_000, status: 'valid' });
    expect(file.report).toMatchObject({ lines: 2, otherForm: 1, unreadable: 0, examples: [{ kind: 'other_form', line: 2 }] });
  });

  it('words for direction and state', async () => {
    const file = await readLines(
      '销项,1,2026-01-05,B,1.00,0,1.00,作废',
      '进项,2,2026-01-05,B,(1.00),0,(1.00),红字',
      '销售,3,2026-01-05,B,5.00,0,5.00,已红冲（全额）',
      '销项,4,2026-01-05,B,5.00,0,5.00,已红冲',
    );
    expect(file.invoices.map((row) => [row.direction, row.amountMinor, row.status])).toEqual([
      ['sale', 100, 'void'],
      ['purchase', -100, 'valid'],
      ['sale', 500, 'void'],
    ]);
    expect(file.report).toMatchObject({ lines: 4, unreadable: 1, otherForm: 3 });
  });

  it.each([
    ['05/01/2026', '1.00', 'valid'],
    ['26-01-05', '1.00', 'valid'],
    ['46027', '1.00', 'valid'],
    ['2026-01-05', '1.001', 'valid'],
    ['2026-01-05', '1e3', 'valid'],
    ['2026-01-05', '1,000.00', 'valid'],
    ['2026-01-05', '"1,00"', 'valid'],
    ['2026-01-05', '', 'valid'],
    ['2026-01-05', '1.00', 'gültig'],
    ['2026-01-05', '1.00', ''],
  ])('%s, %s, %s is counted as unreadable, by line and without its content', async (date, amount, status) => {
    const file = await readLines(sale(1, `${date},B,${amount},0.00,1.00,${status}`), sale(2, '2026-02-05,B,1.00,0,1.00,valid'));
    expect([file.invoices.length, file.report.unreadable]).toEqual([1, 1]);
    expect(file.report.examples).toMatchObject([{ kind: 'unreadable', line: 2 }]);
  });

  it('a file without one readable line is unreadable, and no firm without invoices', async () => {
    const lines = Array.from({ length: 10 }, (_, at) => sale(5300 + at, '05.01.2026,B,1.00,0.00,1.00,valid'));
    await expect(readLines(...lines)).rejects.toThrow('no line of the invoice file can be read');
  });
});

test.each(['2026-02-30', '2026-06-31', '0000-01-01', '9999-12-31', '2025-02-29', '2026-13-01', '2026-00-10', '1993-12-31', '2026/02/29', '20260431'])(
  'F15: %s is no day of an invoice',
  async (date) => {
    const file = await readLines(sale(1, `${date},B,1.00,0,1.00,valid`), sale(2, '2024-02-29,B,1.00,0,1.00,valid'));
    expect([file.invoices.length, file.report.unreadable]).toEqual([1, 1]);
  },
);

test('F07: a row of a later day than today is reported and believed in nothing', async () => {
  const file = await readLines(
    sale(5701, '2099-12-01,B,10.00,1.30,11.30,valid'),
    sale(2, '2026-11-29,B,1.00,0,1.00,valid'),
    sale(3, '2026-11-30,B,1.00,0,1.00,valid'),
  );
  expect(file.invoices.map((row) => row.invoiceNo)).toEqual(['2']);
  expect(file.report).toMatchObject({ future: 2, unreadable: 0 });
});

test('F05: amount and tax make the total within a fen, and tax has the sign of the amount', async () => {
  const file = await readLines(
    sale(5501, '2026-10-03,A,100.00,13.00,9999.00,valid'),
    sale(5502, '2026-10-03,A,0.00,0.00,500.00,valid'),
    sale(5503, '2026-10-03,A,100.00,-13.00,87.00,valid'),
    sale(5504, '2026-10-03,A,100.00,13.00,113.01,valid'),
    sale(5505, '2026-10-03,A,100.00,13.00,113.00,valid'),
    sale(5506, '2026-10-03,A,100.00,13.00,113.02,valid'),
    sale(5507, '2026-10-03,A,-100.00,13.00,-87.00,valid'),
  );
  // The last one is a red letter: not believed, and still deducted.
  expect(file.invoices.map((row) => [row.invoiceNo, row.amountMinor])).toEqual([
    ['5504', 10_000],
    ['5505', 10_000],
    ['5507', -10_000],
  ]);
  expect(file.report).toMatchObject({ contradictorySums: 5, unreadable: 0 });
  expect(file.report.examples.map(({ line }) => line)).toEqual([2, 3, 4, 7, 8]);
});

test('F05: a purchase that contradicts itself stays a cost, at the larger figure', async () => {
  const file = await readLines('purchase,1,2026-10-03,S,100.00,13.00,9999.00,valid', 'purchase,2,2026-10-03,S,-100.00,13.00,1.00,valid');
  expect(file.invoices.map((row) => row.amountMinor)).toEqual([999_900]);
  expect(file.report.contradictorySums).toBe(2);
});

test.each(['90000000000000.00', '99999999999999999.00', '100000000.01', '9'.repeat(60), '"90,000,000,000,000.00"'])(
  'F06: %s yuan in one row is implausible, not believed and not unreadable',
  async (amount) => {
    const file = await readLines(sale(5600, `2026-10-03,A,${amount},0.00,${amount},valid`), sale(1, '2026-10-03,A,100000000.00,0.00,100000000.00,valid'));
    expect(file.invoices.map((row) => row.invoiceNo)).toEqual(['1']);
    expect(file.report).toMatchObject({ implausible: 1, unreadable: 0 });
  },
);

describe('F01: the same invoice counts once', () => {
  const first = sale(5001, '2026-09-03,Buyer A,1000.00,130.00,1130.00,valid');
  const other = sale(5002, '2026-10-04,Buyer B,500.00,65.00,565.00,valid');

  it.each([
    ['the same row', first],
    ['another way to write the party', sale(5001, '2026-09-03,Ｂuyer A ,1000.00,130.00,1130.00,valid')],
    ['leading zeros', sale('0005001', '2026-09-03,Buyer A,1000.00,130.00,1130.00,valid')],
    ['full width', sale('５００１', '2026-09-03,Buyer A,1000.00,130.00,1130.00,valid')],
    ['another form of date and amount', sale(5001, '2026/9/3,Buyer A,"1,000.00",130,1130,正常')],
  ])('%s', async (_, copy) => {
    const file = await readLines(first, copy, other);
    expect([revenue(file), file.report.duplicates, file.report.contradictoryRows]).toEqual([150_000, 1, 0]);
  });

  it.each([
    ['amount', sale(5001, '2026-09-03,Buyer A,2000.00,260.00,2260.00,valid')],
    ['party', sale(5001, '2026-09-03,Buyer C,1000.00,130.00,1130.00,valid')],
    ['date', sale(5001, '2026-09-04,Buyer A,1000.00,130.00,1130.00,valid')],
    ['date within twelve months', sale(5001, '2025-09-04,Buyer A,1000.00,130.00,1130.00,valid')],
    ['amount, in a void row', sale(5001, '2026-09-03,Buyer A,2000.00,260.00,2260.00,void')],
  ])('a second row with another %s is a contradiction: neither is believed', async (_, second) => {
    for (const lines of [
      [first, second, other],
      [second, other, first],
    ]) {
      const file = await readLines(...lines);
      expect([revenue(file), file.report.contradictoryRows, file.report.duplicates]).toEqual([50_000, 2, 0]);
      expect(file.doubted.length).toBeGreaterThan(0);
    }
  });

  it('a number returns honestly after twelve months, with another code, from another seller and in the other direction', async () => {
    const later = await readLines(first, sale(5001, '2027-09-03,Buyer A,70.00,0,70.00,valid').replace('2027', '2025'));
    expect(later.report).toMatchObject({ contradictoryRows: 0, duplicates: 0 });
    const codes = await read(Buffer.from(`invoice_code,${HEADER}\n1100,${first}\n1200,${sale(5001, '2026-09-09,Buyer B,70.00,0,70.00,valid')}\n`));
    expect(revenue(codes)).toBe(107_000);
    const sellers = await readLines(
      'purchase,1,2026-09-03,S1,5.00,0,5.00,valid',
      'purchase,1,2026-09-04,S2,6.00,0,6.00,valid',
      sale(1, '2026-09-05,B,7.00,0,7.00,valid'),
    );
    expect([sellers.invoices.length, sellers.report.contradictoryRows]).toEqual([3, 0]);
  });

  it('a code that one row leaves out makes no second invoice of it', async () => {
    const file = await read(Buffer.from(`invoice_code,${HEADER}\n1100,${first}\n,${first}\n`));
    expect([revenue(file), file.report.duplicates]).toEqual([100_000, 1]);
  });
});

describe('F02: the later state of an invoice wins', () => {
  const valid = sale(5101, '2026-09-05,Buyer A,800.00,104.00,904.00,valid');
  const voided = sale(5101, '2026-09-05,Buyer A,800.00,104.00,904.00,void');
  const other = sale(5102, '2026-10-06,Buyer B,200.00,26.00,226.00,valid');

  it.each([
    ['valid first', [valid, voided, other]],
    ['void first', [other, voided, valid]],
    ['copies of both', [voided, valid, other, valid, voided]],
    ['amounts emptied with the void row', [valid, sale(5101, '2026-09-05,Buyer A,0.00,0.00,0.00,void'), other]],
  ])('%s', async (_, lines) => {
    const file = await readLines(...lines);
    expect(revenue(file)).toBe(20_000);
    expect(file.invoices.map((row) => row.status).sort()).toEqual(['valid', 'void']);
    expect(file.report).toMatchObject({ voidedLater: 1, contradictoryRows: 0 });
    expect(file.doubted).toMatchObject([{ invoiceNo: '5101', status: 'valid', amountMinor: 80_000 }]);
  });

  it('a cost or a red letter that a second row takes away stays', async () => {
    const cost = 'purchase,1,2026-09-05,S,800.00,104.00,904.00,';
    const red = sale(2, '2026-09-05,B,-800.00,-104.00,-904.00,');
    const file = await readLines(`${cost}valid`, `${cost}void`, `${red}valid`, `${red}void`);
    expect(file.invoices.map((row) => [row.direction, row.amountMinor, row.status])).toEqual([
      ['purchase', 80_000, 'valid'],
      ['sale', -80_000, 'valid'],
    ]);
  });
});

test('a packed file that is far larger than it looks is refused before it fills the memory', async () => {
  const chunk = gzipSync(Buffer.alloc(129 * 1024 * 1024, 10));
  await expect(readInvoices(inPieces(chunk, 65_536), RULES)).rejects.toThrow('larger than 128 MiB');
});
