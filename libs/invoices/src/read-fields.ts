import { normalForm } from '@millrace/contracts';
import type { InvoiceDirection, InvoiceStatus } from './invoice-row.js';

/** Columns of the format; `invoice_code` may be absent. */
export const COLUMNS = ['direction', 'invoice_no', 'issued_on', 'counterparty', 'amount_yuan', 'tax_yuan', 'total_yuan', 'status'] as const;
export const CODE_COLUMN = 'invoice_code';

/** Words for the direction, in normal form. */
const DIRECTIONS: ReadonlyMap<string, InvoiceDirection> = new Map([
  ...['SALE', 'SALES', 'OUTPUT', '销项', '销', '销售', '销方', '销项发票', '开具'].map((word) => [word, 'sale'] as const),
  ...['PURCHASE', 'PURCHASES', 'INPUT', '进项', '进', '采购', '购进', '进项发票', '取得'].map((word) => [word, 'purchase'] as const),
]);

/** `taken_back` stands for an invoice that the exporter marks as reversed by a red letter (红冲). */
type StatedStatus = InvoiceStatus | 'taken_back';

/** Words for the status, in normal form; brackets and dashes are unified by it. */
const STATUSES: ReadonlyMap<string, StatedStatus> = new Map([
  ...['VALID', 'NORMAL', 'ISSUED', '正常', '有效', '已开具', '正常发票', '蓝字', '蓝字发票', '部分红冲', '已部分红冲', '已红冲-部分'].map(
    (word) => [word, 'valid'] as const,
  ),
  ...['VOID', 'VOIDED', 'CANCELLED', 'INVALID', '作废', '已作废', '废', '无效', '作废发票', '空白作废'].map((word) => [word, 'void'] as const),
  ...['RED', '红字', '红冲', '已红冲', '全额红冲', '已全额红冲', '已红冲-全额', '红字发票', '冲红', '已冲红'].map((word) => [word, 'taken_back'] as const),
]);

/** A word that was understood, and whether it is the format's own. */
export interface ParsedWord<T> {
  readonly value: T;
  readonly contractForm: boolean;
}

/** `sale` or `purchase`; undefined for a word that is neither. */
export function parseDirection(text: string): ParsedWord<InvoiceDirection> | undefined {
  if (text === 'sale' || text === 'purchase') return { value: text, contractForm: true };
  const value = DIRECTIONS.get(normalForm(text));
  return value && { value, contractForm: false };
}

/**
 * `valid` or `void`; undefined for a word that is neither. A row that says "reversed" is the red letter itself where its amount is negative; a
 * positive one no longer is a sale, whether or not its red letter is in the file, so it counts as void.
 */
export function parseStatus(text: string, amountMinor: number): ParsedWord<InvoiceStatus> | undefined {
  if (text === 'valid' || text === 'void') return { value: text, contractForm: true };
  const stated = STATUSES.get(normalForm(text));
  if (stated === undefined) return undefined;
  if (stated === 'taken_back') return { value: amountMinor < 0 ? 'valid' : 'void', contractForm: false };
  return { value: stated, contractForm: false };
}

/** Replacement and private-use characters: what they stood for was lost before the file came, so two such names may be two parties. */
const LOST_CHARACTERS = /[\uFFFD\uE000-\uF8FF]/;
const MOST_NAME_CHARACTERS = 200;
const MOST_NUMBER_CHARACTERS = 64;

/** True for the name of a party that can be compared. */
export function isPartyName(text: string): boolean {
  return text !== '' && text.length <= MOST_NAME_CHARACTERS && !LOST_CHARACTERS.test(text) && normalForm(text) !== '';
}

/** True for an invoice number or code that can be compared. */
export function isInvoiceNumber(text: string): boolean {
  return text.length <= MOST_NUMBER_CHARACTERS && !LOST_CHARACTERS.test(text) && normalForm(text) !== '';
}
