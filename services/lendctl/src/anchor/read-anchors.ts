import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { HISTORY_ANCHORS_TOPIC } from '@millrace/contracts';
import { UnknownTopicError, type EventLog } from '@millrace/messaging';
import { lineOf, OperatorError } from '../trouble/operator-error.js';
import { readPage, type AnchorState, type StoredPage } from './anchor-page.js';

const PLACE = { topic: HISTORY_ANCHORS_TOPIC, partition: 0 } as const;
const BATCH_RECORDS = 100;

/** Pages on the log from an offset on, in order; none where the topic job has not made the topic yet. */
export async function* pagesOnLog(log: EventLog, offset = 0n): AsyncGenerator<StoredPage> {
  try {
    for await (const { value } of log.read({ ...PLACE, offset }, { batchRecords: BATCH_RECORDS })) yield readPage(value.toString('utf8'));
  } catch (error) {
    if (!(error instanceof UnknownTopicError)) throw error;
  }
}

/** The last page, and where the last whole anchor ended; found from the end of the log, so that it costs the same however many there are. */
export async function lastAnchored(log: EventLog): Promise<{ readonly last: StoredPage | undefined; readonly state: AnchorState }> {
  const end = (await log.offsets(HISTORY_ANCHORS_TOPIC))[0]?.next ?? 0n;
  for (let back = 1n; ; back *= 2n) {
    const offset = end > back ? end - back : 0n;
    let last: StoredPage | undefined;
    let state: AnchorState | undefined;
    for await (const stored of pagesOnLog(log, offset)) {
      if (!stored.page) continue;
      last = stored;
      state = stored.page.state ?? state;
    }
    if (state || offset === 0n) return { last, state: state ?? { ends: {} } };
  }
}

/** Last line of a file of anchors. */
export interface FileEnd {
  readonly pages: number;
  /** SHA-256 of the lines before it. */
  readonly sha256: string;
}

/** Pages of a file that `lendctl anchor --out` has written. Throws one line where it is no whole file of anchors, at its end at the latest. */
export async function* pagesInFile(file: string): AsyncGenerator<StoredPage> {
  const content = createHash('sha256');
  let pages = 0;
  let end: FileEnd | undefined;
  try {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      const stored = readPage(line);
      if (end || !stored.page) {
        end = JSON.parse(line) as FileEnd;
        continue;
      }
      content.update(`${line}\n`);
      pages++;
      yield stored;
    }
  } catch (error) {
    throw new OperatorError(`the file of anchors ${file} cannot be read: ${lineOf(error)}`, { cause: error });
  }
  if (end?.pages !== pages || end.sha256 !== content.digest('hex'))
    throw new OperatorError(`${file} is not what lendctl anchor wrote: it was changed or cut off`);
}
