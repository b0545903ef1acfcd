-- Consents that were withdrawn after the request (G-PI-01): no source is asked under them any more, and once the application has ended the person is only stored.
create table revoked_consent (
  consent_id uuid primary key,
  application_id uuid not null,
  type text not null,
  revoked_at timestamptz not null,
  -- True where the application has ended, so that nobody has to see the person any more.
  stored_only boolean not null
);
create index revoked_consent_of_application on revoked_consent (application_id);

-- Queries that were due and were refused, as their consent had been withdrawn (R-LE-01).
create table refused_query (
  refused_query_id uuid primary key default gen_random_uuid(),
  application_id uuid not null,
  source text not null,
  consent_id uuid not null,
  refused_at timestamptz not null
);
create index refused_query_of_application on refused_query (application_id);

create function refuse_revocation_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was withdrawn and refused is append-only';
end $$;
create trigger revoked_consent_append_only before update or delete on revoked_consent for each row execute function refuse_revocation_change();
create trigger refused_query_append_only before update or delete on refused_query for each row execute function refuse_revocation_change();
