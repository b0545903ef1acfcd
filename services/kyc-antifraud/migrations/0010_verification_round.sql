-- Which request of the hub the verification answers: a firm that has mended something is verified again. Verifications of before are of the first.
alter table verification add column round int not null default 1;
-- When this round was asked for; null in the first. Windows of repeated applications stay those of the submission.
alter table verification add column round_requested_at timestamptz;

-- What earlier rounds have decided, with all that they were made of. Never changed.
create table verification_round (
  application_id uuid not null references verification,
  round int not null,
  declared_revenue_minor bigint not null,
  requested_at timestamptz not null,
  outcome text not null,
  fraud_score int not null,
  findings jsonb not null,
  signals jsonb,
  table_hashes jsonb not null,
  facts jsonb,
  completed_at timestamptz not null,
  primary key (application_id, round)
);
create function refuse_verification_round_change() returns trigger language plpgsql as $$
begin
  raise exception 'rounds of a verification are append-only';
end;
$$;
create trigger verification_round_append_only before update or delete on verification_round for each row execute function refuse_verification_round_change();
create trigger verification_round_no_truncate before truncate on verification_round for each statement execute function refuse_verification_round_change();
