-- The aggregate of the consumer step that is measured: one row that each event adds to.
create table account (
  account_id uuid primary key,
  paid_minor bigint not null,
  events int not null
);
