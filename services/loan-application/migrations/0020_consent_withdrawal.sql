-- A consent that was withdrawn after the submission (R-LE-01): what was done under it before stays as it was done.
create table consent_withdrawal (
  consent_id uuid primary key references consent,
  application_id uuid not null references application,
  withdrawal_id uuid not null unique,
  -- What followed: `cancelled`, `goes_on`, `contract_stands`, `ended_before`.
  effect text not null,
  withdrawn_at timestamptz not null
);
create index consent_withdrawal_of_application on consent_withdrawal (application_id);
create function refuse_consent_withdrawal_change() returns trigger language plpgsql as $$
begin
  raise exception 'the withdrawal of a consent is append-only: whoever agrees again gives a new consent';
end $$;
create trigger consent_withdrawal_append_only before update or delete on consent_withdrawal for each row execute function refuse_consent_withdrawal_change();
create trigger consent_withdrawal_no_truncate before truncate on consent_withdrawal for each statement execute function refuse_consent_withdrawal_change();
