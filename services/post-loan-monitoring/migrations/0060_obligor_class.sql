-- Loans of one obligor class each other (G-CL-05, G-CL-10). A loan keeps its own class beside the one that it has, so that two loans never hold each other down.
alter table loan_standing add column own_class text;
update loan_standing set own_class = loan_class;
alter table loan_standing alter column own_class set not null;
-- Rule by which another loan of the obligor keeps this one down; null where none does.
alter table loan_standing add column obligor_rule text check (obligor_rule in ('G-CL-05', 'G-CL-10'));
-- Last day whose close has looked at the loans of the obligor together; null before.
alter table loan_standing add column obligor_on date;
-- Rules that give the class of a row of the history; null in rows of before.
alter table loan_standing_history add column class_rules text[];

create index loan_obligor on loan (tenant_id, uscc, loan_id) where live;
create index loan_standing_obligor on loan_standing (tenant_id, loan_id) where own_class in ('SUBSTANDARD', 'DOUBTFUL', 'LOSS') or obligor_rule is not null;

-- A version of before that writes beside this one during an update knows one class alone, and no rule of an obligor.
create function own_class_of_before() returns trigger language plpgsql as $$
begin
  if new.own_class is null then
    new.own_class := new.loan_class;
  elsif tg_op = 'UPDATE' and new.obligor_rule is null and old.obligor_rule is null and new.own_class = old.own_class and new.loan_class <> old.loan_class then
    new.own_class := new.loan_class;
  end if;
  return new;
end $$;
create trigger loan_standing_own_class before insert or update on loan_standing for each row execute function own_class_of_before();
