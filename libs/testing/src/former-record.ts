import { serviceOfSource, TYPE_PREFIX } from '@millrace/contracts';
import type { LogRecord } from '@millrace/messaging';

/** A record as it was written before types began with a domain and sources were addresses; such records stay in the log for good. */
export function asFormerRecord(record: LogRecord): LogRecord {
  const { ce_partitionkey: _, ...headers } = record.headers;
  const type = headers['ce_type']!.slice(TYPE_PREFIX.length);
  const former = { ce_type: type, ce_source: serviceOfSource(headers['ce_source']!)!, ce_dataschema: `urn:millrace:event:${type}` };
  return { ...record, headers: { ...headers, ...former } };
}
