-- Firms to whom nothing is paid before a risk officer says so: what the hub has told last. It is the hub that decides; an order that comes all the same is refused.
create table frozen_obligor (
  tenant_id text not null,
  uscc text not null,
  frozen boolean not null,
  facility_change_id uuid not null,
  changed_at timestamptz not null,
  primary key (tenant_id, uscc)
);
