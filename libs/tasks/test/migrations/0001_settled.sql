-- What the service's decisions have done; nothing here refuses that a decision is done twice, so that a test sees it.
create table settled (
  task_id  uuid not null,
  decision text not null
);
