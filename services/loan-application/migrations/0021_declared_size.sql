-- What the firm states of its size (G-SZ-01), beside its revenue; unknown in applications of before.
alter table application add column declared_employees int, add column declared_assets_minor bigint;
