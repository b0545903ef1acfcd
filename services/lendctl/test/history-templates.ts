import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { eventClassOf, newId, type DomainEvent } from '@millrace/contracts';
import { encodeEvent, type LogRecord } from '@millrace/messaging';
import type { HistoryStep } from './loan-histories.js';

/** Samples that the contracts are held to: what the services really send. */
const SAMPLES = new URL('../../../libs/contracts/samples/', import.meta.url);
const SAMPLE_AMOUNT = '"80000000"';
const SAMPLE_START_MS = Date.parse('2026-03-02T01:00:00Z');
const MINUTE_MS = 60_000;
/** Applications come in one after the other, two minutes apart. */
const APART_MS = 2 * MINUTE_MS;
const TENANTS = ['t1', 't2', 't3'];
const VARIED = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z|"80000000"|"tenantId":"t1"/g;

/** Records of the sample's own application. Events of a service in a row by one hand have one cause; otherwise the event before led to it, or a new request where a person acts. */
function templatesOf(history: readonly HistoryStep[]): LogRecord[] {
  const templates: LogRecord[] = [];
  let before = { hand: '', cause: '', id: '' };
  history.forEach(({ type, by, change }, index) => {
    const source = type.slice(0, type.indexOf('.'));
    const actor = by ?? `system:${source}`;
    const hand = `${source} ${actor}`;
    const cause = hand === before.hand ? before.cause : by === undefined ? before.id : newId();
    const [kind, id] = actor.split(':') as ['system', string];
    const origin = { source, time: new Date(SAMPLE_START_MS + index * MINUTE_MS), context: { actor: { kind, id }, causationId: cause } };
    const encoded = encodeEvent(sampleOf(type, change), { ...origin, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` });
    templates.push({ topic: encoded.topic, key: encoded.key, headers: encoded.headers, value: Buffer.from(encoded.payload) });
    before = { hand, cause, id: encoded.id };
  });
  return templates;
}

function sampleOf(type: string, change: HistoryStep['change'] = {}): DomainEvent<unknown> {
  const name = `dev.millrace.lending.${type}.v1`;
  const fields = JSON.parse(readFileSync(new URL(`${name}.json`, SAMPLES), 'utf8')) as object;
  const EventClass = eventClassOf(name) as unknown as new (fields: object) => DomainEvent<unknown>;
  return new EventClass({ ...fields, ...change });
}

/** What is another application's in a text of the sample's: every id, so that what belongs together still does, every instant, the amount and the tenant. */
class OtherApplication {
  readonly #ids = new Map<string, string>();

  constructor(private readonly number: number) {}

  of(text: string): string {
    return text.replace(VARIED, (found) => {
      if (found === SAMPLE_AMOUNT) return `"${80_000_00 + (this.number % 500) * 10_000}"`;
      if (found.startsWith('"tenantId"')) return `"tenantId":"${TENANTS[this.number % TENANTS.length]}"`;
      if (found.endsWith('Z')) return new Date(Date.parse(found) + this.number * APART_MS).toISOString();
      return this.#id(found);
    });
  }

  /** The first 48 bits are a time, as in real ids, so that rows of one time stand beside each other. */
  #id(sample: string): string {
    const known = this.#ids.get(sample);
    if (known) return known;
    const time = (SAMPLE_START_MS + this.number * APART_MS).toString(16).padStart(12, '0');
    const hash = createHash('md5').update(`${sample} ${this.number}`).digest('hex');
    const id = `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-a${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
    this.#ids.set(sample, id);
    return id;
  }
}

/** Makes the records of any number of applications out of a few histories, without checking each event again. */
export class HistoryTemplates {
  readonly #templates: readonly LogRecord[][];

  constructor(histories: readonly (readonly HistoryStep[])[]) {
    this.#templates = histories.map(templatesOf);
  }

  /** When the application of that number is sent in. */
  startOf(number: number): Date {
    return new Date(SAMPLE_START_MS + number * APART_MS);
  }

  /** Records of the application of that number, in order. */
  recordsOf(number: number): LogRecord[] {
    const other = new OtherApplication(number);
    return this.#templates[number % this.#templates.length]!.map(({ topic, key, headers, value }) => ({
      topic,
      key: other.of(key),
      headers: JSON.parse(other.of(JSON.stringify(headers))) as Record<string, string>,
      value: Buffer.from(other.of(value.toString())),
    }));
  }
}
