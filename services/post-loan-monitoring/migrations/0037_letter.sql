-- What was written to the borrower or a guarantor of a loan, word for word; one row a letter, and none is ever changed.
create table letter (
  letter_id uuid primary key,
  loan_id uuid not null references loan,
  seq bigint generated always as identity unique,
  tenant_id text not null,
  kind text not null,
  -- What of the loan it is about, e.g. a due date or a case: of one kind there is one letter about it, however often it is asked for.
  about text not null,
  party text not null check (party in ('debtor', 'guarantor')),
  guarantee_id uuid,
  template_version text not null,
  -- The Chinese text, which is what is sent, and its English for reading only.
  text text not null,
  text_sha256 text not null,
  text_en text not null,
  -- Business date.
  written_on date not null,
  written_at timestamptz not null,
  unique (loan_id, kind, about),
  check ((party = 'guarantor') = (guarantee_id is not null))
);
create index letter_page on letter (loan_id, seq);
create trigger letter_append_only before update or delete on letter for each row execute function refuse_journal_change();
create trigger letter_no_truncate before truncate on letter for each statement execute function refuse_journal_change();
