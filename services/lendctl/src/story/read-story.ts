import { currentEventType, OPEN_TOPICS, serviceOfSource } from '@millrace/contracts';
import { openPayload } from '@millrace/reasons';
import { partitionOf, TYPE_HEADER, type EventLog, type StoredRecord } from '@millrace/messaging';

const BATCH_RECORDS = 1_000;

/** A fact of the log as it stands there; the payload is ids, amounts and codes, never personal data. */
export interface StoryEvent {
  readonly eventId: string;
  /** CloudEvents type with its version, in its present name; empty for a record that has none. */
  readonly type: string;
  readonly at: Date;
  /** `kind:id` of who or what did it. */
  readonly actor: string;
  /** Service that wrote it; its source as it stands where that names none. */
  readonly source: string;
  readonly causedBy: string;
  readonly key: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** Further places of the same event: a relay that died between sending and marking sends again. */
  readonly copies: readonly bigint[];
  /** JSON without what points at suspicion, or the text where it is none. */
  readonly payload: unknown;
}

/** Everything the log knows of one application and its loan, each partition read once from its beginning. */
export async function readStory(log: EventLog, id: string): Promise<StoryEvent[]> {
  const records: StoredRecord[] = [];
  const keys = new Set<string>();
  // An event of the application names its loan, and one of the loan its application: what is named is read next.
  for (let waiting = [id]; waiting.length > 0;) {
    const key = waiting.shift()!;
    if (keys.has(key)) continue;
    keys.add(key);
    const found = await recordsOfKey(log, key);
    records.push(...found);
    waiting = [...waiting, ...found.flatMap(namesOf)];
  }
  if (records.length > 0) return withoutCopies(records);
  const application = await applicationThatNames(log, id);
  return application === undefined ? [] : readStory(log, application);
}

/** Before a loan has events of its own only those of its application know it, and they may be in any partition. */
async function applicationThatNames(log: EventLog, id: string): Promise<string | undefined> {
  for (const topic of OPEN_TOPICS) {
    for (const { partition, earliest } of await log.offsets(topic)) {
      for await (const record of log.read({ topic, partition, offset: earliest }, { batchRecords: BATCH_RECORDS })) {
        if (record.key !== id && record.value.includes(id) && namesOf(record).includes(id)) return record.key;
      }
    }
  }
  return undefined;
}

/** Records of a key from every open topic; all events of a key are in one partition of each. */
async function recordsOfKey(log: EventLog, key: string): Promise<StoredRecord[]> {
  const found: StoredRecord[] = [];
  for (const topic of OPEN_TOPICS) {
    const partitions = await log.offsets(topic);
    const own = partitions.find(({ partition }) => partition === partitionOf(key, partitions.length));
    if (!own) continue;
    for await (const record of log.read({ topic, partition: own.partition, offset: own.earliest }, { batchRecords: BATCH_RECORDS })) {
      if (record.key === key) found.push(record);
    }
  }
  return found;
}

/** Application and loan that a record names. */
function namesOf(record: StoredRecord): string[] {
  const payload = payloadOf(record);
  const { applicationId, loanId } = typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : {};
  return [applicationId, loanId].filter((name): name is string => typeof name === 'string');
}

function payloadOf(record: StoredRecord): unknown {
  const text = record.value.toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function withoutCopies(records: readonly StoredRecord[]): StoryEvent[] {
  const events = new Map<string, StoryEvent>();
  for (const record of records) {
    const event = toStoryEvent(record);
    const first = events.get(event.eventId);
    events.set(event.eventId, first ? { ...first, copies: [...first.copies, record.offset] } : event);
  }
  return [...events.values()];
}

function toStoryEvent(record: StoredRecord): StoryEvent {
  const { topic, partition, offset, key, headers, appendedAt } = record;
  const time = new Date(headers['ce_time'] ?? '');
  return {
    eventId: headers['ce_id'] ?? `${topic}/${partition}@${offset}`,
    type: currentEventType(headers[TYPE_HEADER] ?? ''),
    at: Number.isNaN(time.getTime()) ? appendedAt : time,
    actor: headers['ce_actor'] ?? '',
    source: serviceOfSource(headers['ce_source'] ?? '') ?? headers['ce_source'] ?? '',
    causedBy: headers['ce_causationid'] ?? '',
    key,
    topic,
    partition,
    offset,
    copies: [],
    payload: openPayload(payloadOf(record)),
  };
}
