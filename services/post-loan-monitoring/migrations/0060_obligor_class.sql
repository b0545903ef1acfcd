-- Loans of one obligor class each other (G-CL-05, G-CL-10). A loan keeps its own class beside the one that it has, so that two loans never hold each other down.
alter table loan_standing add column own_class text;
update loan_standing set own_class = loan_class;
alter table loan_standing alter column own_class set not null;
-- Rule by which another loan of the obligor keeps this one down; null where none does.
alter table loan_standing add column obligor_rule text check (obligor_rule in ('G-CL-05', 'G-CL-10'));
-- Last day whose close has looked at the loans of the obligor together; null before.
alter table loan_standing add column obligor_on date;
-- It is owed and non-performing by itself, so that it keeps the other loans of its obligor down. What is paid off is no bad debt, and keeps its class.
alter table loan_standing add column bad_debt boolean not null default false;
update loan_standing s set bad_debt = true from loan l where l.loan_id = s.loan_id and l.live and s.own_class in ('SUBSTANDARD', 'DOUBTFUL', 'LOSS');
-- Business date of what has written the row last; null in rows of before.
alter table loan_standing add column stood_on date;
-- A loan that was never late has been in time since its payout, whatever has written its row first.
update loan_standing s set bucket_on = l.disbursed_on from loan l
where l.loan_id = s.loan_id and s.bucket = 'M0' and not exists (select from loan_standing_history h where h.loan_id = s.loan_id and h.bucket <> 'M0');
-- Rules that give the class of a row of the history; null in rows of before.
alter table loan_standing_history add column class_rules text[];

create index loan_obligor on loan (tenant_id, uscc, loan_id);
create index loan_standing_obligor on loan_standing (tenant_id, obligor_on, loan_id) where bad_debt or obligor_rule is not null;

-- A version of before that writes beside this one during an update knows one class alone, and no rule of an obligor.
create function own_class_of_before() returns trigger language plpgsql as $$
begin
  if new.own_class is null then
    new.own_class := new.loan_class;
    new.bad_debt := new.own_class in ('SUBSTANDARD', 'DOUBTFUL', 'LOSS');
  elsif tg_op = 'UPDATE' and new.obligor_rule is null and old.obligor_rule is null and new.own_class = old.own_class and new.loan_class <> old.loan_class then
    new.own_class := new.loan_class;
    new.bad_debt := new.own_class in ('SUBSTANDARD', 'DOUBTFUL', 'LOSS');
  end if;
  return new;
end $$;
create trigger loan_standing_own_class before insert or update on loan_standing for each row execute function own_class_of_before();
