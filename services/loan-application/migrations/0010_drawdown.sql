-- An application ends with its signed contract. What becomes of the money is the matter of a drawdown, and of the loan that comes of it.
create table drawdown (
  drawdown_id uuid primary key,
  -- One for each application, until facilities come.
  application_id uuid not null unique references application,
  tenant_id text not null,
  uscc text not null,
  product_code text not null,
  status text not null,
  live boolean not null,
  loan_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  payee_record_id uuid not null,
  payee_account text,
  refused_payee_record_ids uuid[] not null,
  ordered_payout_id uuid,
  failed_payout_id uuid,
  refusal jsonb,
  loan_status text,
  deadline_at timestamptz,
  updated_at timestamptz not null,
  history_seq int not null,
  history_head text not null
);
create index drawdown_live on drawdown (tenant_id, uscc, product_code) where live;
create index drawdown_deadline on drawdown (deadline_at) where deadline_at is not null;

create table drawdown_history (
  drawdown_id uuid not null references drawdown,
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
  -- What the step decided, for figures; not sealed, as it follows from the statuses.
  decision text,
  -- By which stretches of the table are anchored.
  position bigint generated always as identity unique,
  primary key (drawdown_id, seq)
);
create trigger drawdown_history_append_only before update or delete on drawdown_history for each row execute function refuse_history_change();
create trigger drawdown_history_no_truncate before truncate on drawdown_history for each statement execute function refuse_history_change();

-- What goes on: the process table says which statuses these are, and every step keeps the column.
alter table application add column live boolean;

-- Whoever has signed has a drawdown: the statuses of the payment and of the loan were statuses of the application.
create table signed as
select a.application_id, a.status as status_before, a.history_seq, a.history_head, date_trunc('milliseconds', a.updated_at) as at,
  case a.status when 'DISBURSING' then 'REQUESTED' when 'DISBURSEMENT_REVIEW' then 'HELD' when 'REJECTED' then 'REJECTED' else 'PAID' end as status,
  case a.status when 'ACTIVE' then 'ACTIVE' when 'SETTLED' then 'SETTLED' end as loan_status
from application a where a.loan_id is not null;

insert into drawdown (drawdown_id, application_id, tenant_id, uscc, product_code, status, live, loan_id, amount_minor, currency, payee_record_id, payee_account,
  refused_payee_record_ids, ordered_payout_id, failed_payout_id, refusal, loan_status, deadline_at, updated_at, history_seq, history_head)
select a.loan_id, a.application_id, a.tenant_id, a.uscc, a.product_code, s.status, s.status in ('REQUESTED', 'HELD'), a.loan_id, o.amount_minor, a.currency,
  a.payee_record_id, a.payee_account, a.refused_payee_record_ids, a.ordered_payout_id, a.failed_payout_id,
  case when s.status = 'REJECTED' then jsonb_build_object('stage', a.decision ->> 'stage', 'decidedAt', a.decision ->> 'decidedAt', 'reasons', a.decision -> 'reasons') end,
  s.loan_status, case when s.status = 'HELD' then a.deadline_at end, a.updated_at, 1, ''
from application a join signed s using (application_id) join offer o using (application_id);

-- Both histories say so in a sealed row: the seal is the hash of the same canonical JSON that the service makes. What happened before is in the history of the
-- application, whose end the first row of the drawdown names.
insert into application_history (application_id, seq, trigger, effect, status_from, status_to, actor_kind, actor_id, reason, evidence, causation_id, at, prev_sha256, row_sha256)
select s.application_id, s.history_seq + 1, 'DrawdownSplit', 'moved', status_before, 'COMPLETED', 'system', 'loan-application', 'MIGRATED',
  jsonb_build_object('drawdownId', d.drawdown_id), '0010_drawdown.sql', s.at, s.history_head,
  encode(sha256(convert_to('{"actor":{"id":"loan-application","kind":"system"},"applicationId":"' || application_id || '","at":"'
    || to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","causationId":"0010_drawdown.sql","effect":"moved","evidence":{"drawdownId":"' || d.drawdown_id
    || '"},"prevSha256":"' || s.history_head || '","reason":"MIGRATED","seq":' || s.history_seq + 1 || ',"statusFrom":"' || s.status_before
    || '","statusTo":"COMPLETED","trigger":"DrawdownSplit"}', 'UTF8')), 'hex')
from signed s join drawdown d using (application_id);

insert into drawdown_history (drawdown_id, seq, trigger, effect, status_from, status_to, actor_kind, actor_id, reason, evidence, causation_id, at, prev_sha256, row_sha256)
select d.drawdown_id, 1, 'DrawdownSplit', 'moved', 'NEW', d.status, 'system', 'loan-application', 'MIGRATED',
  jsonb_build_object('applicationId', application_id, 'historySha256', s.history_head, 'statusBefore', s.status_before), '0010_drawdown.sql', s.at, repeat('0', 64),
  encode(sha256(convert_to('{"actor":{"id":"loan-application","kind":"system"},"at":"' || to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    || '","causationId":"0010_drawdown.sql","drawdownId":"' || d.drawdown_id || '","effect":"moved","evidence":{"applicationId":"' || application_id
    || '","historySha256":"' || s.history_head || '","statusBefore":"' || s.status_before || '"},"prevSha256":"' || repeat('0', 64)
    || '","reason":"MIGRATED","seq":1,"statusFrom":"NEW","statusTo":"' || d.status || '","trigger":"DrawdownSplit"}', 'UTF8')), 'hex')
from signed s join drawdown d using (application_id);

update drawdown d set history_head = h.row_sha256 from drawdown_history h where h.drawdown_id = d.drawdown_id;
update application a set status = 'COMPLETED', deadline_at = null, history_seq = h.seq, history_head = h.row_sha256
from signed s join application_history h on h.application_id = s.application_id and h.seq = s.history_seq + 1 where a.application_id = s.application_id;

drop table signed;

update application set live = status not in ('COMPLETED', 'REJECTED', 'CANCELLED', 'EXPIRED');
alter table application alter column live set not null;
drop index application_one_live;
-- A firm has one application for a product that goes on; its drawdown holds it for as long as the money is not out.
create unique index application_one_live on application (tenant_id, uscc, product_code) where live;

-- What is the drawdown's now, and dates of refusals, which firm_block has taken the place of.
alter table application drop column loan_id, drop column failed_payout_id, drop column ordered_payout_id, drop column refused_payee_record_ids,
  drop column rejected_at, drop column rejected_for_fraud;

-- Decisions are counted by what the step says of itself; those of the last days are brought along.
alter table application_history add column decision text;
alter table application_history disable trigger application_history_append_only;
update application_history set decision = case when status_from in ('CHECKING', 'SCORING') then 'engine ' else 'person ' end
  || case status_to when 'OFFERED' then 'approved' when 'REJECTED' then 'rejected' else 'referred' end
where status_from in ('CHECKING', 'SCORING', 'ENHANCED_REVIEW', 'REVIEW_SINGLE') and status_to in ('OFFERED', 'REJECTED', 'ENHANCED_REVIEW', 'REVIEW_SINGLE')
  and status_from <> status_to and at > (select max(at) from application_history) - interval '8 days';
alter table application_history enable trigger application_history_append_only;
drop index application_history_decisions;
create index application_history_decided on application_history (at) where decision is not null;
