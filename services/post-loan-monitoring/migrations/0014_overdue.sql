-- A loan that is late is OVERDUE from the close of the day after its due date on. Those that are late already get the status here, with the step in their
-- history, and the hub is told, as it would have been. The seal is the hash of the same canonical JSON that the service makes.
insert into loan_history (loan_id, seq, trigger, effect, status_from, status_to, actor_kind, actor_id, reason, evidence, causation_id, at, prev_sha256, row_sha256)
select loan_id, seq, 'DueDateMissed', 'moved', 'ACTIVE', 'OVERDUE', 'system', 'post-loan-monitoring', 'DUE_DATE_MISSED', jsonb_build_object('bucket', bucket),
  'overdue.sql', at, prev,
  encode(sha256(convert_to('{"actor":{"id":"post-loan-monitoring","kind":"system"},"at":"' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    || '","causationId":"overdue.sql","effect":"moved","evidence":{"bucket":"' || bucket || '"},"loanId":"' || loan_id || '","prevSha256":"' || prev
    || '","reason":"DUE_DATE_MISSED","seq":' || seq || ',"statusFrom":"ACTIVE","statusTo":"OVERDUE","trigger":"DueDateMissed"}', 'UTF8')), 'hex')
from (
  select l.loan_id, l.history_seq + 1 as seq, l.history_head as prev, s.bucket, date_trunc('milliseconds', now()) as at
  from loan l join loan_standing s using (loan_id) where l.status = 'ACTIVE' and l.live and s.bucket <> 'M0'
) late;

update loan l set status = 'OVERDUE', history_seq = h.seq, history_head = h.row_sha256, updated_at = h.at
from loan_history h where h.loan_id = l.loan_id and h.seq = l.history_seq + 1 and h.causation_id = 'overdue.sql';

-- Addresses of the installation are those that its other events have.
insert into outbox (id, aggregatetype, aggregateid, type, topic, headers, payload)
select id, 'loan', loan_id, 'dev.millrace.lending.post-loan-monitoring.status-changed.v1', 'lending.post-loan-monitoring.v1',
  jsonb_build_object('ce_specversion', '1.0', 'ce_id', id, 'ce_source', url || '/services/post-loan-monitoring',
    'ce_type', 'dev.millrace.lending.post-loan-monitoring.status-changed.v1', 'ce_time', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'ce_subject', loan_id, 'ce_dataschema', url || '/v1/event-schemas/dev.millrace.lending.post-loan-monitoring.status-changed.v1.json',
    'ce_partitionkey', loan_id, 'ce_correlationid', application_id, 'ce_causationid', 'overdue.sql', 'ce_actor', 'system:post-loan-monitoring',
    'content-type', 'application/json', 'traceparent', '00-' || trace || '-' || right(trace, 16) || '-01'),
  json_build_object('applicationId', application_id, 'loanId', loan_id, 'on', (at at time zone 'Asia/Shanghai')::date, 'status', 'OVERDUE',
    'statusBefore', 'ACTIVE', 'reasonCode', 'DUE_DATE_MISSED')::text
from (
  select gen_random_uuid() as id, l.loan_id, l.application_id, replace(l.application_id::text, '-', '') as trace, h.at
  from loan_history h join loan l using (loan_id) where h.causation_id = 'overdue.sql'
) told, (
  select coalesce((select split_part(headers ->> 'ce_source', '/services/', 1) from outbox where headers ->> 'ce_source' like '%/services/%' order by seq desc limit 1),
    'https://millrace.localhost') as url
) installation;
