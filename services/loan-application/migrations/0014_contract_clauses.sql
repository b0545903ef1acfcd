-- What each contract says of lateness, misuse and early repayment, as its text states it. Those of before say nothing of it, and their loans bear nothing of it.
alter table contract add column clauses jsonb;
