-- Persons in the clear are restricted too (T61): each look of a risk officer is kept like one at the hits on lists.
alter table restricted_read drop constraint restricted_read_what_check;
alter table restricted_read add constraint restricted_read_what_check check (what in ('screening', 'person'));
