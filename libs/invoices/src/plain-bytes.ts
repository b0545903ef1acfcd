import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Bytes of a file as text is made of them: unpacked where they are gzip. `onRaw` sees them as they came, for their hash. */
export async function* plainBytes(source: AsyncIterable<Uint8Array>, onRaw: (raw: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  let begin = Buffer.alloc(0);
  let ended = false;
  while (begin.length < 2 && !ended) {
    const next = await iterator.next();
    if (next.done) ended = true;
    else {
      onRaw(next.value);
      begin = Buffer.concat([begin, next.value]);
    }
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      if (begin.length > 0) yield begin;
      while (!ended) {
        const next = await iterator.next();
        if (next.done) return;
        onRaw(next.value);
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  const gzipped = begin[0] === 0x1f && begin[1] === 0x8b;
  if (!gzipped) {
    yield* whole();
    return;
  }
  const packed = Readable.from(whole());
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  packed.on('error', (error) => gunzip.destroy(error));
  try {
    yield* packed.pipe(gunzip) as AsyncIterable<Uint8Array>;
  } finally {
    // A reader that stops early must let go of the connection too.
    packed.destroy();
  }
}
