-- A batch names its loans, so that a look at one reads no candidates of the others. A batch of an open day gets every loan of its stretch that the day may change:
-- more than were planned, as a loan that is looked at in vain stays as it is. Of batches that are done nobody asks for the loans any more.
alter table close_batch add column loan_ids uuid[] not null default '{}';
update close_batch b set loan_ids = array(
  select l.loan_id from loan l
  where l.tenant_id = b.tenant_id and l.loan_id between b.from_loan and b.through_loan
    and (l.oldest_due_on <= b.day or exists (select from loan_standing s where s.loan_id = l.loan_id) or exists (select from guarantee g where g.loan_id = l.loan_id))
  order by l.loan_id)
where b.done_at is null;
alter table close_batch alter column loan_ids drop default, drop column from_loan, drop column through_loan;
