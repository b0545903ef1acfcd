-- Firms that a person has found to have declared what is not true: whoever looks at a later application of theirs sees it (R-AP-08). Never changed.
create table firm_watch (
  application_id uuid primary key references application,
  tenant_id text not null,
  uscc text not null,
  reason_code text not null,
  marked_at timestamptz not null
);
create index firm_watch_of_firm on firm_watch (tenant_id, uscc, marked_at);
create function refuse_firm_watch_change() returns trigger language plpgsql as $$
begin
  raise exception 'marks of a firm are append-only';
end;
$$;
create trigger firm_watch_append_only before update or delete on firm_watch for each row execute function refuse_firm_watch_change();
create trigger firm_watch_no_truncate before truncate on firm_watch for each statement execute function refuse_firm_watch_change();
