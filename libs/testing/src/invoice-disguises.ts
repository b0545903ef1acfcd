/** A row of an invoice file as its cells. */
export interface FileLine {
  readonly direction: 'sale' | 'purchase';
  readonly no: string;
  readonly date: string;
  readonly party: string;
  readonly amountMinor: number;
  readonly status: string;
  /** Where the cells are not simply those of the fields. */
  readonly cells?: readonly string[];
}

export const HEADER = 'direction,invoice_no,issued_on,counterparty,amount_yuan,tax_yuan,total_yuan,status';

export const yuan = (minor: number): string => {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** Cells of a line without tax, so that the total is the amount. */
export const cellsOf = ({ direction, no, date, party, amountMinor, status, cells }: FileLine): readonly string[] =>
  cells ?? [direction, no, date, party, yuan(amountMinor), '0.00', yuan(amountMinor), status];

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

export const csvOf = (lines: readonly FileLine[]): string => [HEADER, ...lines.map((line) => cellsOf(line).map(quoted).join(','))].join('\n');

const grouped = (amount: string): string => amount.replace(/\B(?=(\d{3})+\.)/g, ',');
const wide = (text: string): string => text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));

/** Ways to write the same party. */
export const PARTY_DISGUISES: readonly ((party: string) => string)[] = [
  (party) => `${party} `,
  (party) => `\u3000${party}`,
  (party) => [...party].join('\u200B'),
  wide,
  (party) => party.replace('(', '（').replace(')', '）'),
  (party) => party.toLowerCase(),
];

/** Ways to write the same row. */
export const ROW_DISGUISES: readonly ((line: FileLine) => FileLine)[] = [
  ...PARTY_DISGUISES.map((write) => (line: FileLine) => ({ ...line, party: write(line.party) })),
  (line) => ({ ...line, no: `00${line.no}` }),
  (line) => ({ ...line, date: line.date.replaceAll('-', '/') }),
  (line) => ({ ...line, date: line.date.replaceAll('-', '') }),
  (line) => ({ ...line, date: line.date.replace(/(\d+)-(\d+)-(\d+)/, '$1年$2月$3日') }),
  (line) => ({ ...line, cells: cellsOf(line).map((cell, at) => (at >= 4 && at <= 6 ? grouped(cell) : cell)) }),
  (line) => ({ ...line, status: line.status === 'valid' ? '正常' : '作废' }),
];

/** Encodings that hold the same text. */
export const ENCODINGS: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(`\uFEFF${text}`),
  (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
];
