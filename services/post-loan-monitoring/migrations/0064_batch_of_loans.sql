-- A batch names its loans, so that a look at one reads no candidates of the others. Days that are open are opened anew by the next close: a step that is taken again changes nothing.
delete from close_batch b using close_day d where d.tenant_id = b.tenant_id and d.day = b.day and d.closed_at is null;
delete from close_day where closed_at is null;
-- Of days that are closed nobody asks for the loans any more.
alter table close_batch add column loan_ids uuid[] not null default '{}';
alter table close_batch alter column loan_ids drop default, drop column from_loan, drop column through_loan;
