import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EventLog } from '@millrace/messaging';
import { lineOf, OperatorError } from '../trouble/operator-error.js';
import { pagesOnLog, type FileEnd } from './read-anchors.js';

const OWNER_ONLY = 0o600;

/** Writes every page of the log, up to the one with `lastSha256`, to a new file, a line each, and a last line with their number and hash. Throws one line where it cannot be written. */
export async function exportAnchors(log: EventLog, file: string, lastSha256: string): Promise<FileEnd> {
  const content = createHash('sha256');
  let pages = 0;
  let end: FileEnd = { pages: 0, sha256: '' };
  async function* lines(): AsyncGenerator<string> {
    for await (const { page, text, sha256 } of pagesOnLog(log)) {
      if (!page) continue;
      pages++;
      content.update(`${text}\n`);
      yield `${text}\n`;
      if (sha256 === lastSha256) break;
    }
    end = { pages, sha256: content.digest('hex') };
    yield `${JSON.stringify(end)}\n`;
  }
  // A file that is there is never written over: it may be the only proof of its time.
  await pipeline(Readable.from(lines()), createWriteStream(file, { flags: 'wx', mode: OWNER_ONLY })).catch((error: unknown) => {
    throw new OperatorError(`the anchors cannot be written to ${file}: ${lineOf(error)}`, { cause: error });
  });
  return end;
}
