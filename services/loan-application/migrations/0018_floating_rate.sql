-- How the rate of a product floats: what it follows (`tenor`), and when (`repricesOn`); null where it is fixed for the whole term.
alter table product add column floating_rate jsonb;
insert into product (product_code, version, name, name_zh, status, effective_from, min_amount_minor, max_amount_minor, amount_step_minor,
  min_tenor_months, max_tenor_months, repayment_methods, day_count, required_consents, floating_rate) values
  ('lpr-loan', 1, 'LPR loan', 'LPR浮动利率贷', 'open', '2028-03-01', 1000000, 300000000, 10000, 3, 36,
   '{equal_instalment,equal_principal,interest_monthly}', 'periodic', '{C1,C2,C3,C4,C5,C6,C7,C8,C9}', '{"tenor": "1Y", "repricesOn": "january_first"}');
