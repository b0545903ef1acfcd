/** A header of every event: the envelope of CloudEvents 1.0 in Kafka's binary mode, and the trace. */
export interface EventHeader {
  readonly name: string;
  /** For people, in Markdown. */
  readonly meaning: string;
  /** What its value is, as JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Another header with the same value. */
  readonly alias?: string;
}

const TEXT = { type: 'string' };
const EXTENSIONS = 'https://github.com/cloudevents/spec/blob/main/cloudevents/extensions';

/** Headers in the order in which the catalogue lists them. */
export const EVENT_HEADERS: readonly EventHeader[] = [
  { name: 'ce_specversion', meaning: '`1.0`', schema: { ...TEXT, const: '1.0' } },
  { name: 'ce_id', meaning: 'UUIDv7 of the event; a consumer knows by it what it has seen', schema: { ...TEXT, format: 'uuid' } },
  { name: 'ce_type', meaning: '`dev.millrace.lending.<service>.<event>.v<n>`', schema: TEXT },
  {
    name: 'ce_source',
    meaning: '`<installation>/services/<service>`; the installation is `MILLRACE_INSTALLATION_URL`',
    schema: { ...TEXT, format: 'uri-reference' },
  },
  {
    name: 'ce_dataschema',
    meaning: '`<installation>/v1/event-schemas/<type>.json`, which the gateway serves to everybody',
    schema: { ...TEXT, format: 'uri' },
  },
  { name: 'ce_time', meaning: 'when it happened, UTC', schema: { ...TEXT, format: 'date-time' } },
  { name: 'ce_subject', alias: 'ce_partitionkey', meaning: `the key ([Partitioning](${EXTENSIONS}/partitioning.md) extension)`, schema: TEXT },
  {
    name: 'ce_correlationid',
    meaning: `the application that the whole story hangs on ([Correlation](${EXTENSIONS}/correlation.md) extension)`,
    schema: TEXT,
  },
  { name: 'ce_causationid', meaning: 'the event or request that led to this one (Correlation extension)', schema: TEXT },
  { name: 'ce_actor', meaning: '`kind:id` of who did it: `system`, `partner`, `staff` or `applicant`; an extension of ours', schema: TEXT },
  { name: 'content-type', meaning: '`application/json`', schema: { ...TEXT, const: 'application/json' } },
  { name: 'traceparent', meaning: 'W3C trace context', schema: TEXT },
];

/** Rows of the catalogue's table of headers. */
export function headerRows(): string[] {
  return EVENT_HEADERS.map(({ name, alias, meaning }) => `| ${[name, ...(alias ? [alias] : [])].map((one) => `\`${one}\``).join(', ')} | ${meaning} |`);
}
