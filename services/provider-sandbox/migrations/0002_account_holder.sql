-- The bank's name check looks an account up among those of made firms.
create index firm_by_account on firm ((profile -> 'bankAccount' ->> 'accountNumber'));
