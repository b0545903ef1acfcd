-- Consents that were withdrawn (G-PI-01): no invoices are read under them any more, and no score is made.
create table revoked_consent (
  consent_id uuid primary key,
  application_id uuid not null,
  type text not null,
  revoked_at timestamptz not null
);
create index revoked_consent_of_application on revoked_consent (application_id);
create function refuse_revocation_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was withdrawn is append-only';
end;
$$;
create trigger revoked_consent_append_only before update or delete on revoked_consent for each row execute function refuse_revocation_change();
