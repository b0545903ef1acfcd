-- The question about a held transfer is a task, under the id that it had as a held item; instances of the version before open both.
alter table held_repayment drop constraint held_repayment_held_id_fkey;
alter table held_repayment add foreign key (held_id) references task;
