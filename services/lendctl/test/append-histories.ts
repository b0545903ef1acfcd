import { newId } from '@millrace/contracts';
import type { EventLog, LogRecord } from '@millrace/messaging';
import type { HistoryTemplates } from './history-templates.js';

/** Applications whose events are mixed with each other, as those of one day are. */
const AT_A_TIME = 250;
const BATCH_RECORDS = 2_000;
/** Each so-many-th record comes twice: a relay that died between sending and marking sends again. */
const SENT_TWICE = 20;
/** Each so-many-th comes once more under another event id: only the handler can know the fact. */
const TOLD_TWICE = 33;

/** First events of all applications, then their second ones, and so on. */
function* mixed(histories: readonly (readonly LogRecord[])[]): Generator<LogRecord> {
  const longest = Math.max(...histories.map(({ length }) => length));
  for (let step = 0; step < longest; step++) {
    for (const history of histories) if (step < history.length) yield history[step]!;
  }
}

/** Appends the histories of the applications from `first` up to `end`, which is not included; answers the number of different facts by event type. */
export async function appendHistories(log: EventLog, templates: HistoryTemplates, first: number, end: number): Promise<ReadonlyMap<string, number>> {
  const facts = new Map<string, number>();
  let batch: LogRecord[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await log.append(batch);
    batch = [];
  };
  for (let from = first; from < end; from += AT_A_TIME) {
    const numbers = Array.from({ length: Math.min(AT_A_TIME, end - from) }, (_, index) => from + index);
    for (const record of mixed(numbers.map((number) => templates.recordsOf(number)))) {
      const type = record.headers['ce_type']!;
      const count = (facts.get(type) ?? 0) + 1;
      facts.set(type, count);
      batch.push(record);
      if (count % SENT_TWICE === 0) batch.push(record);
      if (count % TOLD_TWICE === 0) batch.push({ ...record, headers: { ...record.headers, ce_id: newId() } });
      if (batch.length >= BATCH_RECORDS) await flush();
    }
  }
  await flush();
  return facts;
}
