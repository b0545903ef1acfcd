import { Transform, type TransformCallback } from 'node:stream';

/** What is too much of a body to build anything from it. */
export type BodyExcess = 'depth' | 'fields' | 'items' | 'length';

/** Bounds of {@link BodyScan}. */
export interface BodyBounds {
  /** Objects and lists inside one another. */
  readonly depth: number;
  /** Named values in all, at every depth. */
  readonly fields: number;
  /** Commas in all: items of lists, and fields once more. */
  readonly items: number;
  /** Bytes of one text, one number, or one stretch of blanks. */
  readonly length: number;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** One pass over the bytes of a JSON body, in parts as they come, that builds nothing. What is no JSON may pass: the parser refuses it. */
export class BodyScan {
  #depth = 0;
  #fields = 0;
  #items = 0;
  #run = 0;
  #inText = false;
  #escaped = false;

  constructor(private readonly bounds: BodyBounds) {}

  /** What the body has too much of with this part, if anything. */
  next(part: Buffer): BodyExcess | undefined {
    for (const byte of part) {
      if (++this.#run > this.bounds.length) return 'length';
      const excess = this.#inText ? this.#insideText(byte) : this.#outside(byte);
      if (excess) return excess;
    }
    return undefined;
  }

  #insideText(byte: number): undefined {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inText = false;
  }

  #outside(byte: number): BodyExcess | undefined {
    if (byte === QUOTE) this.#inText = true;
    else if (OPENING.has(byte)) this.#depth++;
    else if (CLOSING.has(byte)) this.#depth--;
    else if (byte === COLON) this.#fields++;
    else if (byte === COMMA) this.#items++;
    else return undefined;
    this.#run = 0;
    const { depth, fields, items } = this.bounds;
    if (this.#depth > depth) return 'depth';
    if (this.#fields > fields) return 'fields';
    return this.#items > items ? 'items' : undefined;
  }
}

/**
 * A body on its way to the parser. From where it has too much of something nothing is kept of it, and its end is the refusal: a refusal before the end
 * would close the connection on what still comes, and the caller might not see it.
 */
export class ScannedBody extends Transform {
  #refusal: Error | undefined;
  #received = 0;

  /** @param refusalOf the error for an excess @param limit bytes that are read at most */
  constructor(
    private readonly scan: BodyScan,
    private readonly refusalOf: (excess: BodyExcess) => Error,
    private readonly limit: number,
  ) {
    super();
  }

  override _transform(part: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#received += part.length;
    const excess = this.#refusal ? undefined : this.scan.next(part);
    if (excess) this.#refusal = this.refusalOf(excess);
    if (!this.#refusal) return done(null, part);
    done(this.#received > this.limit ? this.#refusal : null);
  }

  override _flush(done: TransformCallback): void {
    done(this.#refusal ?? null);
  }
}
