/** The file as a whole cannot be read: a column is missing, its encoding is unknown, no line of it is an invoice, or it is no CSV. */
export class InvoiceFileError extends Error {}

/** The bytes are not those that were ordered (their SHA-256 differs). */
export class InvoiceBatchMismatchError extends Error {}
