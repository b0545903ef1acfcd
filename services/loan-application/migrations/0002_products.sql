-- First products (domain §3.4: product cap 3,000,000 yuan); amounts in fen. All nine consents (domain §4.1).
insert into product (product_code, version, name, name_zh, status, effective_from, min_amount_minor, max_amount_minor, amount_step_minor,
  min_tenor_months, max_tenor_months, repayment_methods, day_count, required_consents) values
  ('invoice-loan', 1, 'Invoice loan', '发票贷', 'open', '2016-01-01', 1000000, 300000000, 10000, 3, 24,
   '{equal_instalment,equal_principal,interest_monthly,bullet}', 'periodic', '{C1,C2,C3,C4,C5,C6,C7,C8,C9}'),
  ('tax-loan', 1, 'Tax loan', '税贷', 'open', '2016-01-01', 1000000, 200000000, 10000, 3, 12,
   '{equal_instalment,equal_principal,interest_monthly}', 'periodic', '{C1,C2,C3,C4,C5,C6,C7,C8,C9}'),
  ('revolving-loan', 1, 'Revolving loan', '随借随还', 'closed', '2016-01-01', 500000, 50000000, 10000, 3, 12,
   '{interest_monthly}', 'ACT/360', '{C1,C2,C3,C4,C5,C6,C7,C8,C9}');
