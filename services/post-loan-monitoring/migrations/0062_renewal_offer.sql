-- Whether a loan that is about to mature was offered a renewal without its principal being paid back; each loan is looked at once.
create table renewal_offer (
  loan_id uuid primary key references loan,
  tenant_id text not null,
  -- Business date of the offer, and the maturity that it was before.
  offered_on date not null,
  matures_on date not null,
  -- Why it was not offered; null where it was.
  reason_code text,
  recorded_at timestamptz not null
);
create trigger renewal_offer_append_only before update or delete on renewal_offer for each row execute function refuse_journal_change();
create trigger renewal_offer_no_truncate before truncate on renewal_offer for each statement execute function refuse_journal_change();
create index loan_maturity on loan (tenant_id, matures_on, loan_id) where live;
