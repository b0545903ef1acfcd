-- SHA-256 of the borrower's name in its normal form, as the hub ordered it: the account's holder must have this name. Null in an order of before.
alter table payout add column borrower_name_sha256 text check (borrower_name_sha256 ~ '^[0-9a-f]{64}$');

-- A payout whose money is out and whose day the bank cannot have meant: it is PAID, and has no day until two persons have set one.
alter table payout drop constraint payout_check;
alter table payout add constraint payout_paid_at check (paid_at is null or status = 'PAID');

-- VERIFY: the bank is asked whose account it is.
alter table payout_step drop constraint payout_step_action_check;
alter table payout_step add constraint payout_step_action_check check (action in ('RESERVE', 'VERIFY', 'SEND', 'ASK', 'ANSWER', 'ALARM'));
