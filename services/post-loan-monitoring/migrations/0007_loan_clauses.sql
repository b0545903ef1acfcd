-- What the signed contract says of lateness, misuse and early repayment. A loan whose contract was signed before contracts said it bears none of it.
alter table loan add column clauses jsonb;
