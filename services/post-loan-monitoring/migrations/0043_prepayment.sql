-- Money that is to repay principal before it is due, and what is to change by that (`shorter_term`, `lower_instalment`); null for money that pays what is due, as
-- all of before does. Of an announcement: what its sender has said. Of a repayment: how it is played.
alter table announcement add column prepayment_effect text check (prepayment_effect in ('shorter_term', 'lower_instalment'));
alter table repayment add column prepayment_effect text check (prepayment_effect in ('shorter_term', 'lower_instalment'));
