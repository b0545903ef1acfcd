-- Work that a machine must not decide: one row a question, decided by as many people as its kind asks for (R-UW-05, R-IT-06). A subject may have several.
create table task (
  task_id       uuid primary key,
  -- One of the kinds that the service registers; the kind says who decides, how many, by when and with which decisions.
  kind          text        not null,
  -- What the task is about: the sort of thing, its id, and every id that the people who decide need, e.g. {"payoutId": "…", "applicationId": "…"}.
  subject_type  text        not null check (subject_type in ('application', 'loan', 'payout', 'case', 'release', 'firm')),
  subject_id    uuid        not null,
  subject       jsonb       not null,
  -- Null where the question is the operators' own and belongs to no lender's staff.
  tenant_id     text,
  -- What was found, for the people who decide; never personal data.
  facts         jsonb       not null,
  -- Who made the subject and who looks after it, e.g. {"maker": "…"}: a kind that asks for independence of them refuses their votes.
  parties       jsonb       not null default '{}',
  opened_at     timestamptz not null,
  due_at        timestamptz not null,
  -- How often the due instant passed without a decision.
  reminders     int         not null default 0,
  -- decided: enough people have said the same. applied: the owner has done it, in the transaction that says so. closed: nobody has to decide any more.
  status        text        not null default 'open' check (status in ('open', 'decided', 'applied', 'closed')),
  claimed_by    text,
  claimed_at    timestamptz,
  -- Votes of earlier rounds count no more: another decision was proposed, or the decision could not be done.
  round         int         not null default 1,
  decision      text,
  parameters    jsonb,
  reason        text,
  decided_at    timestamptz,
  applied_at    timestamptz,
  -- Why the last try to apply the decision failed; it is tried again.
  failure       text,
  -- Number of the last change, so that a reader of events takes them in order.
  seq           int         not null default 1,
  -- False for a task of before these tables, of which the log has not told yet.
  announced     boolean     not null default true,
  check ((claimed_by is null) = (claimed_at is null)),
  check ((status in ('decided', 'applied')) = (decision is not null)),
  check ((decision is null) = (parameters is null) and (decision is null) = (reason is null) and (decision is null) = (decided_at is null)),
  check ((status = 'applied') = (applied_at is not null))
);
-- The same question is not asked twice at a time.
create unique index task_one_open on task (kind, subject) where status in ('open', 'decided');
create index task_waiting on task (kind, opened_at) where status in ('open', 'decided');
create index task_to_apply on task (decided_at) where status = 'decided';
create index task_to_announce on task (opened_at) where not announced;
create index task_of_subject on task (subject_id, kind);

-- What each person said. Within a round one person says one thing, under whatever spelling of the name.
create table task_vote (
  task_id    uuid        not null references task,
  round      int         not null,
  -- Name in its normal form, so that one person cannot be two by spelling the name otherwise.
  voter_key  text        not null check (voter_key <> ''),
  voter      text        not null,
  -- Null where the person has declared a conflict of interest and takes no part.
  decision   text,
  parameters jsonb       not null default '{}',
  -- A code of the reason catalogue, or the person's own words where the kind takes those.
  reason     text        not null,
  comment    text,
  -- Id that the client made for it; null where the voter has no client that makes ids.
  vote_id    uuid,
  -- True where the person may stop what the others approve.
  has_veto   boolean     not null default false,
  at         timestamptz not null,
  primary key (task_id, round, voter_key)
);

-- What was done with a task, by whom and when; never changed.
create table task_step (
  step_id    bigint generated always as identity primary key,
  task_id    uuid        not null references task,
  at         timestamptz not null,
  action     text        not null check (action in ('OPEN', 'CLAIM', 'RELEASE', 'DELEGATE', 'PROPOSE', 'CONFIRM', 'VOTE', 'CONFLICT', 'DECIDE', 'SOD_BLOCKED',
    'SEND_BACK', 'REMIND', 'APPLY', 'CLOSE')),
  -- The service's name where it acts by itself, else the person's as given.
  by         text        not null,
  -- Who has the task from then on; for DELEGATE alone.
  given_to   text,
  decision   text,
  parameters jsonb,
  reason     text,
  check ((action = 'DELEGATE') = (given_to is not null))
);
create index task_step_task on task_step (task_id, step_id);

create function refuse_task_step_change() returns trigger language plpgsql as $$
begin
  raise exception 'steps of tasks are append-only';
end $$;
create trigger task_step_append_only before update or delete on task_step for each row execute function refuse_task_step_change();
create trigger task_step_no_truncate before truncate on task_step for each statement execute function refuse_task_step_change();

-- Held items become tasks under their ids. The old tables stay: anchors hold their steps, and instances of the version before, which run while an update rolls,
-- still write into them; what those open becomes a task at once.
create function task_of_held_item(h held_item) returns void language sql as $$
  insert into task (task_id, kind, subject_type, subject_id, subject, facts, opened_at, due_at, status, decision, parameters, reason, decided_at, applied_at, failure, announced)
  values (h.held_id, h.kind,
    case h.kind when 'payout-date' then 'payout' when 'payout-mismatch' then 'payout' when 'firm-block' then 'firm' when 'repayment-amount' then 'loan' else 'application' end,
    coalesce(case h.kind when 'payout-date' then h.subject ->> 'payoutId' when 'payout-mismatch' then h.subject ->> 'payoutId'
      when 'firm-block' then h.subject ->> 'blockId' when 'repayment-amount' then h.subject ->> 'loanId' else h.subject ->> 'applicationId' end, h.held_id::text)::uuid,
    h.subject, h.facts, h.opened_at, h.opened_at + interval '24 hours',
    case h.status when 'confirmed' then 'decided' when 'applied' then 'applied' else 'open' end,
    case when h.confirmed_by is not null then h.decision end, case when h.confirmed_by is not null then h.parameters end,
    case when h.confirmed_by is not null then h.reason end, h.confirmed_at, h.applied_at, h.failure, h.status = 'applied')
  on conflict do nothing
$$;
create function held_item_becomes_task() returns trigger language plpgsql as $$
begin
  perform task_of_held_item(new);
  insert into task_step (task_id, at, action, by) select task_id, new.opened_at, 'OPEN', current_schema() from task where task_id = new.held_id;
  return null;
end $$;

select task_of_held_item(h) from held_item h;
insert into task_vote (task_id, round, voter_key, voter, decision, parameters, reason, at)
  select held_id, 1, proposer_key, proposed_by, decision, parameters, reason, proposed_at from held_item where proposed_by is not null
  union all select held_id, 1, confirmer_key, confirmed_by, decision, parameters, reason, confirmed_at from held_item where confirmed_by is not null;
insert into task_step (task_id, at, action, by, decision, parameters, reason)
  select held_id, at, action, by, decision, parameters, reason from held_item_step order by step_id;
create trigger held_item_task after insert on held_item for each row execute function held_item_becomes_task();
