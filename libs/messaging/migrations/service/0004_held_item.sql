-- What a machine must not decide and no task fits yet: it waits here until two persons have decided (R-UW-05), and the service applies the decision itself.
create table held_item (
  held_id         uuid primary key,
  -- One of the service's held kinds; the kind says which decisions there are.
  kind            text        not null,
  -- Ids of what it is about, e.g. {"payoutId": "…"}; never personal data.
  subject         jsonb       not null,
  -- What was found, for the person who decides; never personal data.
  facts           jsonb       not null,
  opened_at       timestamptz not null,
  status          text        not null default 'open' check (status in ('open', 'proposed', 'confirmed', 'applied')),
  decision        text,
  parameters      jsonb,
  reason          text,
  proposed_by     text,
  -- Names in their normal form, so that one person cannot be two by spelling the name otherwise.
  proposer_key    text,
  proposed_at     timestamptz,
  confirmed_by    text,
  confirmer_key   text,
  confirmed_at    timestamptz,
  applied_at      timestamptz,
  -- Why the last try to apply the decision failed; it is tried again.
  failure         text,
  check ((status = 'open') = (decision is null)),
  check ((decision is null) = (proposed_by is null)),
  check ((proposed_by is null) = (proposer_key is null) and (proposed_by is null) = (proposed_at is null)),
  check ((proposed_by is null) = (parameters is null) and (proposed_by is null) = (reason is null)),
  check ((status in ('confirmed', 'applied')) = (confirmed_by is not null)),
  check ((confirmed_by is null) = (confirmer_key is null) and (confirmed_by is null) = (confirmed_at is null)),
  check ((status = 'applied') = (applied_at is not null)),
  check (confirmer_key <> proposer_key)
);
-- The same question is not asked twice at a time.
create unique index held_item_one_open on held_item (kind, subject) where status <> 'applied';
create index held_item_waiting on held_item (kind, opened_at) where status <> 'applied';
create index held_item_confirmed on held_item (confirmed_at) where status = 'confirmed';

-- What was opened, proposed, confirmed, sent back and applied, by whom and when; never changed.
create table held_item_step (
  step_id    bigint generated always as identity primary key,
  held_id    uuid        not null references held_item,
  at         timestamptz not null,
  action     text        not null check (action in ('OPEN', 'PROPOSE', 'CONFIRM', 'SEND_BACK', 'APPLY')),
  -- The service's name for OPEN, SEND_BACK and APPLY, else the person's as given.
  by         text        not null,
  decision   text,
  parameters jsonb,
  reason     text
);
create index held_item_step_item on held_item_step (held_id, step_id);

create function refuse_held_item_step_change() returns trigger language plpgsql as $$
begin
  raise exception 'steps of held items are append-only';
end $$;
create trigger held_item_step_append_only before update or delete on held_item_step for each row execute function refuse_held_item_step_change();
create trigger held_item_step_no_truncate before truncate on held_item_step for each statement execute function refuse_held_item_step_change();
