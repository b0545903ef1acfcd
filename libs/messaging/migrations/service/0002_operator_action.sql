-- What a person did to this service with lendctl beyond a single parked event, which says itself who changed it (R-OP-09).
create table operator_action (
  action_id    uuid        primary key,
  command      text        not null check (command in ('replay', 'rebuild')),
  -- What exactly was asked for: consumer or model, range, application.
  parameters   jsonb       not null,
  -- The operator's name as given, or that of the account at the terminal.
  performed_by text        not null,
  started_at   timestamptz not null default clock_timestamp(),
  -- Both stay empty for an action that was broken off.
  finished_at  timestamptz,
  outcome      jsonb,
  check ((finished_at is null) = (outcome is null))
);
