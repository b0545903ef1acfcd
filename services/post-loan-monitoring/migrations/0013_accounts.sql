-- Accounts of what a lender's books say besides money: income that is earned before it is paid, losses that are expected before they come, and what is kept
-- beside the balance sheet. Memo accounts balance among themselves.
alter table account drop constraint account_kind_check;
alter table account add constraint account_kind_check check (kind in ('asset', 'liability', 'equity', 'income', 'expense', 'memo'));
insert into account (code, name, kind) values
  ('1132', 'Interest receivable (应收利息)', 'asset'),
  ('1304', 'Loan loss allowance (贷款损失准备)', 'asset'),
  ('6012', 'Penalty interest income (罚息收入)', 'income'),
  ('6013', 'Compound interest income (复利收入)', 'income'),
  ('6702', 'Credit impairment losses (信用减值损失)', 'expense'),
  ('9001', 'Interest accrued beside the books (表外应收利息)', 'memo'),
  ('9002', 'Claims written off and kept (账销案存资产)', 'memo'),
  ('9999', 'Counter account of the memo accounts (表外科目对应)', 'memo');
