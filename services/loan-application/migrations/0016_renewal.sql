-- An application may renew a loan of the same firm. Those of before renew none.
alter table application add column renews_loan_id uuid,
  -- Beginning of the day on which the loan that is renewed matures; null until the books say that it may be renewed.
  add column sign_before timestamptz;
