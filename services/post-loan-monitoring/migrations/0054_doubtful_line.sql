-- Lines whose last repayment was taken out of its loan as told wrongly before 0027: their money stands on no loan and in no suspense, and nobody has said whether
-- the bank still has it. The service puts each in suspense with a question to two persons, and empties this table.
create table doubtful_line (
  line_id uuid primary key references bank_line,
  loan_id uuid not null,
  repayment_id uuid not null
);
insert into doubtful_line (line_id, loan_id, repayment_id)
select t.line_id, t.loan_id, t.repayment_id
from (
  select distinct on (r.line_id) r.line_id, r.loan_id, r.repayment_id, b.reason
  from repayment_reversal b join repayment r using (loan_id, repayment_id)
  where r.line_id is not null order by r.line_id, b.reversed_at desc
) t
where t.reason = 'told_wrongly'
  and not exists (select from repayment n where n.line_id = t.line_id and n.reversed_at is null)
  and not exists (select from suspense s where s.line_id = t.line_id and s.state <> 'assigned');
