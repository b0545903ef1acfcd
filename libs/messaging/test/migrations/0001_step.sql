-- State of the service that the messaging tests play: run with its schema as search_path, as its role.
create table step (
  seq            bigint generated always as identity primary key,
  application_id uuid    not null,
  number         integer not null,
  -- Checked at the commit, so that a test can make a commit fail.
  constraint step_once unique (application_id, number) deferrable initially deferred
);
