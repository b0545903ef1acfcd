-- What was found when the lender looked again before the money left; null where nothing had to be asked anew, and in drawdowns of before.
alter table drawdown add column recheck jsonb;

-- How the firm's other loans stand is asked before every payment.
create index drawdown_loan_of_firm on drawdown (tenant_id, uscc) where loan_status is not null;

-- Whether a firm may be paid: the newest change says so, and a firm without any may (R-DB-01).
create table facility_change (
  position bigint generated always as identity primary key,
  facility_change_id uuid not null unique,
  tenant_id text not null,
  uscc text not null,
  action text not null check (action in ('freeze', 'unfreeze')),
  -- Application whose re-check, or at which a person, has changed it.
  application_id uuid not null references application,
  reason_code text not null,
  comment text,
  actor_kind text not null,
  actor_id text not null,
  changed_at timestamptz not null
);
create index facility_change_of_firm on facility_change (tenant_id, uscc, position);
create function refuse_facility_change() returns trigger language plpgsql as $$
begin
  raise exception 'a change of a facility is append-only: another change follows it';
end $$;
create trigger facility_change_append_only before update or delete on facility_change for each row execute function refuse_facility_change();
create trigger facility_change_no_truncate before truncate on facility_change for each statement execute function refuse_facility_change();
