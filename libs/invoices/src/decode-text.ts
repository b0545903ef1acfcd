import { InvoiceFileError } from './invoice-file-error.js';

const UTF8_MARK = [0xef, 0xbb, 0xbf];
const UTF16_LE_MARK = [0xff, 0xfe];
const UTF16_BE_MARK = [0xfe, 0xff];

/** A text's encoding with where it begins behind its byte order mark. */
export interface TextEncoding {
  readonly label: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
  readonly from: number;
}

const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean => mark.every((byte, at) => bytes[at] === byte);

function decoded(bytes: Uint8Array, { label, from }: TextEncoding): string | undefined {
  try {
    // `fatal`: a replacement character would make different parties one, and nobody would see it (F04).
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes.subarray(from));
  } catch {
    return undefined;
  }
}

function candidatesOf(bytes: Uint8Array): TextEncoding[] {
  if (beginsWith(bytes, UTF8_MARK)) return [{ label: 'utf-8', from: UTF8_MARK.length }];
  if (beginsWith(bytes, UTF16_LE_MARK)) return [{ label: 'utf-16le', from: UTF16_LE_MARK.length }];
  if (beginsWith(bytes, UTF16_BE_MARK)) return [{ label: 'utf-16be', from: UTF16_BE_MARK.length }];
  // The header is ASCII, so without a mark a zero byte beside the first letter gives UTF-16 away.
  if (bytes[0] !== 0 && bytes[1] === 0) return [{ label: 'utf-16le', from: 0 }];
  if (bytes[0] === 0 && bytes[1] !== 0) return [{ label: 'utf-16be', from: 0 }];
  return [
    { label: 'utf-8', from: 0 },
    // GB 18030 holds GBK and GB 2312, which Chinese office programs save as; next to nothing else is valid UTF-8 by chance.
    { label: 'gb18030', from: 0 },
  ];
}

/**
 * Text of a file in UTF-8, UTF-16 (with a byte order mark or without) or GB 18030 (with GBK and GB 2312), found out from the bytes. Throws
 * {@link InvoiceFileError} where none of them fits the whole file.
 */
export function decodeText(bytes: Uint8Array): string {
  for (const encoding of candidatesOf(bytes)) {
    const text = decoded(bytes, encoding);
    if (text !== undefined && !text.includes('\u0000')) return text;
  }
  throw new InvoiceFileError('the invoice file is neither UTF-8 nor UTF-16 nor GB 18030 text');
}
