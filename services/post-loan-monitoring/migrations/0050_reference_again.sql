-- Whose money a transfer is counts as long as its repayment does: once that is taken back, the bank's reference may be another loan's.
alter table guarantee_compensation add column freed_at timestamptz;
update guarantee_compensation c set freed_at = r.reversed_at from repayment r
where r.loan_id = c.loan_id and r.repayment_id = c.repayment_id and r.reversed_at is not null;
alter table guarantee_compensation drop constraint guarantee_compensation_tenant_id_bank_reference_key;
create unique index guarantee_compensation_reference on guarantee_compensation (tenant_id, bank_reference) where freed_at is null;
create index guarantee_compensation_freed on guarantee_compensation (tenant_id, bank_reference) where freed_at is not null;
