import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { BodyScan, ScannedBody, type BodyExcess } from './body-scan.js';

const BOUNDS = { depth: 3, fields: 4, items: 5, length: 40 };

/** What is found in a body that comes in parts of so many bytes. */
function excessOf(body: string, partBytes: number): BodyExcess | undefined {
  const scan = new BodyScan(BOUNDS);
  const bytes = Buffer.from(body);
  for (let at = 0; at < bytes.length; at += partBytes) {
    const excess = scan.next(bytes.subarray(at, at + partBytes));
    if (excess) return excess;
  }
  return undefined;
}

test.each<[string, BodyExcess | undefined]>([
  ['{"a":[[1]]}', undefined],
  ['{"a":[[[1]]]}', 'depth'],
  ['[[[1]],[[2]]]', undefined],
  ['{"a":1,"b":2,"c":3,"d":4}', undefined],
  ['{"a":1,"b":2,"c":3,"d":4,"e":5}', 'fields'],
  ['[1,2,3,4,5,6]', undefined],
  ['[1,2,3,4,5,6,7]', 'items'],
  ['"::::::,,,,,,,,[[[[{{{"', undefined],
  [String.raw`"a\"::::::,,,,,,,[[[[{{{"`, undefined],
  [String.raw`["\\",[[[1]]]]`, 'depth'],
  [`["${'x'.repeat(38)}"]`, undefined],
  [`["${'x'.repeat(40)}"]`, 'length'],
  [`[${'9'.repeat(41)}]`, 'length'],
  [' '.repeat(41), 'length'],
])('SEC-1, SEC-2: %s has too much of: %s, in whatever parts it comes', (body, excess) => {
  for (const partBytes of [1, 2, 3, 1_000]) expect([partBytes, excessOf(body, partBytes)]).toEqual([partBytes, excess]);
});

function scanned(parts: readonly string[], limit = 1_000): { body: ScannedBody; read: () => number } {
  let read = 0;
  const source = Readable.from(parts.map((part) => Buffer.from(part))).on('data', (part: Buffer) => (read += part.length));
  const body = source.pipe(new ScannedBody(new BodyScan(BOUNDS), (excess) => new Error(`too much: ${excess}`), limit));
  return { body, read: () => read };
}

test('SEC-1: a body that is fit comes through as it is', async () => {
  expect((await buffer(scanned(['{"a":', '[1,2]}']).body)).toString()).toBe('{"a":[1,2]}');
});

test('SEC-1: of a body with too much nothing more is kept, and it is refused at its end', async () => {
  const { body, read } = scanned(['[1,2,3,', '4,5,6,7,', ...Array.from({ length: 20 }, () => '8,9,')]);
  const kept: Buffer[] = [];
  body.on('data', (part: Buffer) => kept.push(part));
  const error = await new Promise<Error>((done) => body.once('error', done));
  expect(error.message).toBe('too much: items');
  expect(Buffer.concat(kept).toString()).toBe('[1,2,3,');
  expect(read()).toBe(95);
});

test('SEC-1: one that does not end is refused where it has come to the limit', async () => {
  const { body } = scanned(
    Array.from({ length: 1_000 }, () => '8,9,'),
    200,
  );
  body.resume();
  await expect(new Promise((_, fail) => body.once('error', fail))).rejects.toThrow('too much: items');
  expect(body.destroyed).toBe(true);
});
