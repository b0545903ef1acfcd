-- Money in suspense that two persons give back: it stays in suspense until the bank says that it has sent it (R-DB-08).
create table refund (
  refund_id uuid primary key,
  line_id uuid not null references bank_line,
  -- The decision that has ordered it.
  task_id uuid not null unique references task,
  -- ORDERED: the bank may have it. REFUSED: the money is in suspense again.
  state text not null default 'ORDERED' check (state in ('ORDERED', 'REFUNDED', 'REFUSED')),
  -- Since when it is known that the bank gives no final answer; kept when it gives one.
  unknown_since timestamptz,
  reason_code text,
  bank_reference text,
  ordered_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'ORDERED') = (ended_at is null)),
  check ((state = 'REFUSED') = (reason_code is not null)),
  check ((state = 'REFUNDED') = (bank_reference is not null))
);
create unique index refund_one_ordered on refund (line_id) where state <> 'REFUSED';

-- While a refund is under way the money can be given to nobody else.
do $$
declare
  named text;
begin
  for named in select conname from pg_constraint where conrelid = 'suspense'::regclass and contype = 'c'
    and (pg_get_constraintdef(oid) like '%''assigned''::text, ''returned''::text%' or pg_get_constraintdef(oid) like '%ended_at IS NULL%') loop
    execute format('alter table suspense drop constraint %I', named);
  end loop;
end $$;
alter table suspense
  add constraint suspense_state check (state in ('open', 'refunding', 'assigned', 'returned')),
  add constraint suspense_ended check ((state in ('open', 'refunding')) = (ended_at is null));
