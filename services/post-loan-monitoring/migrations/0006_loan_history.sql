-- What changes the status of a loan, sealed row by row (R-OP-06, R-OP-09); every movement of money is in the journal besides.
create table loan_history (
  loan_id uuid not null references loan,
  seq int not null,
  trigger text not null,
  effect text not null check (effect in ('moved', 'recorded', 'ignored', 'noted')),
  status_from text not null,
  status_to text not null,
  actor_kind text not null,
  actor_id text not null,
  reason text not null,
  evidence jsonb not null,
  causation_id text not null,
  at timestamptz not null,
  prev_sha256 text not null,
  row_sha256 text not null,
  decision text,
  -- By which stretches of the table are anchored.
  position bigint generated always as identity unique,
  primary key (loan_id, seq)
);
create trigger loan_history_append_only before update or delete on loan_history for each row execute function refuse_journal_change();
create trigger loan_history_no_truncate before truncate on loan_history for each statement execute function refuse_journal_change();

alter table loan add column live boolean, add column history_seq int, add column history_head text;
-- The history of a loan of before begins with where it stands. The seal is the hash of the same canonical JSON that the service makes.
insert into loan_history (loan_id, seq, trigger, effect, status_from, status_to, actor_kind, actor_id, reason, evidence, causation_id, at, prev_sha256, row_sha256)
select l.loan_id, 1, 'HistoryBegun', 'moved', 'NEW', l.status, 'system', 'post-loan-monitoring', 'MIGRATED', jsonb_build_object('payoutId', l.payout_id),
  '0006_loan_history.sql', l.at, repeat('0', 64),
  encode(sha256(convert_to('{"actor":{"id":"post-loan-monitoring","kind":"system"},"at":"' || to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    || '","causationId":"0006_loan_history.sql","effect":"moved","evidence":{"payoutId":"' || l.payout_id || '"},"loanId":"' || l.loan_id || '","prevSha256":"'
    || repeat('0', 64) || '","reason":"MIGRATED","seq":1,"statusFrom":"NEW","statusTo":"' || l.status || '","trigger":"HistoryBegun"}', 'UTF8')), 'hex')
from (select loan_id, payout_id, status, date_trunc('milliseconds', booked_at) as at from loan) l;
update loan l set live = l.settled_on is null, history_seq = 1, history_head = h.row_sha256 from loan_history h where h.loan_id = l.loan_id;
alter table loan alter column live set not null, alter column history_seq set not null, alter column history_head set not null;

-- Which statuses there are, and which of them go on, is said by the process table; what the rows themselves must hold is said without naming one.
do $$
declare named text;
begin
  for named in select conname from pg_constraint where conrelid = 'loan'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%SETTLED%' loop
    execute format('alter table loan drop constraint %I', named);
  end loop;
end $$;
alter table loan add constraint loan_goes_on check (live = (settled_on is null) and live = (oldest_due_on is not null)),
  add constraint loan_owes_nothing_at_its_end check (live or outstanding_principal_minor = 0);
drop index loan_held_credit;
create index loan_held_credit on loan (oldest_due_on, loan_id) where held_minor > 0 and live;
