-- The account that the contract states, masked as disbursement shows it; the number itself stays there. Null in an application of before, whose contract says none.
alter table application add column payee_account text;
