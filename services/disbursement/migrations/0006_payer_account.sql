-- The lender's account that a payout leaves, as the bank was told; null where it was told of none, as before. Such a payout is on no statement.
alter table payout add column payer_account text;

-- Day on which the bank has debited the account, by its own word; null before that, and for what was collected before.
alter table direct_debit add column collected_on date;

-- The transfer of the lender's that the bank says comes back with a line, by the bank's reference; null for every other line.
alter table bank_line add column return_of text;
