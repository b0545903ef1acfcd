-- When two persons have authorised the payment; null where none had to, and before.
alter table drawdown add column authorised_at timestamptz;
create index task_of_authorisation on task (subject_id) where kind = 'payment-authorisation';
