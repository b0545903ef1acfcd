import { evidenceTypeOf } from './evidence-type.js';

// Goal: what a file is is seen from its content; its name and what the sender says count for nothing (R-OP-01).
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const GB18030_TABLE = Buffer.from('c8d5c6da2cbdf0b6ee0a323032362d30332d30322c3130302e30300a', 'hex');

test.each([
  ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'), 'application/pdf'],
  ['a PNG', PNG, 'image/png'],
  ['a JPEG', Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.alloc(40)]), 'image/jpeg'],
  ['a table with commas', Buffer.from('date,amount\n2026-03-02,100.00\n'), 'text/csv'],
  ['a table as a Chinese program exports it, with a byte order mark', Buffer.from('\ufeff日期;金额\n2026-03-02;100.00\n'), 'text/csv'],
  ['a table in GB 18030', GB18030_TABLE, 'text/csv'],
])('%s', async (_, file, expected) => {
  expect(await evidenceTypeOf(file)).toBe(expected);
});

test.each([
  ['a program', Buffer.concat([Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), Buffer.alloc(200)])],
  ['an archive that is no workbook', Buffer.from('504b05060000000000000000000000000000000000000000', 'hex')],
  ['a web page that calls itself a table', Buffer.from('<html>,<script>alert(1)</script>\n1,2\n')],
  ['a drawing with a script in it', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()">,</svg>\n')],
  ['a text of one column', Buffer.from('hello\nworld\n')],
  ['a table whose rows differ in length', Buffer.from('a,b\n1,2,3\n')],
  ['bytes of nothing', Buffer.from([0, 1, 2, 3, 4, 5, 6, 7])],
  ['a table with a NUL in it', Buffer.from('a,b\n1,\u0000\n')],
])('%s is not taken', async (_, file) => {
  expect(await evidenceTypeOf(file)).toBeUndefined();
});
