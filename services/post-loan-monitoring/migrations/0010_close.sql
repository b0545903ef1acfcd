-- Days that are closed or being closed, for each tenant; a day is opened when the one before is closed.
create table close_day (
  tenant_id text not null,
  day date not null,
  -- Only loans on which the day can change something, or every loan that is late: the first day of a tenant, and a day on which other rules begin to hold.
  scope text not null check (scope in ('changes', 'all')),
  loans int not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (tenant_id, day)
);
create index close_day_open on close_day (tenant_id, day) where closed_at is null;

-- Shares of a day, each one transaction; whoever locks a row works on it.
create table close_batch (
  tenant_id text not null,
  day date not null,
  batch int not null,
  from_loan uuid not null,
  through_loan uuid not null,
  loans int not null,
  changed int not null default 0,
  done_at timestamptz,
  primary key (tenant_id, day, batch),
  foreign key (tenant_id, day) references close_day
);
create index close_batch_open on close_batch (tenant_id, day, batch) where done_at is null;
