-- Loans whose rate floats, each with its next repricing day (G-PR-05, M-LN-09); null where the rate floats no more.
create table floating_rate (
  loan_id uuid primary key references loan,
  tenant_id text not null,
  next_on date
);
create index floating_rate_next on floating_rate (tenant_id, next_on, loan_id) where next_on is not null;

-- The rate follows the market: other terms that nobody decides.
alter table terms_change drop constraint terms_change_kind_check;
alter table terms_change add constraint terms_change_kind_check check (kind in ('extension', 'restructuring', 'rate_change'));
alter table terms_change add constraint terms_change_of_rate check (kind <> 'rate_change' or (due_dates is null and rate_bps is not null));
