-- Who may append to, read and consume what. Services connect with their own roles; the migration job writes these rows from the services' lists of
-- events, and nobody but the owner changes them. The role event_log is the operators' own: it works with every topic, as before.

create table log_right (
  role name                  not null,
  may  text                  not null check (may in ('append', 'read', 'consume')),
  -- A topic, or for `consume` a consumer group.
  name text      collate "C" not null,
  primary key (role, may, name)
);

-- The one way by which a service writes: it has no right to insert, so that neither a place nor a time nor a counter can be made up. `session_user` is
-- who has logged in, whatever role a function runs with. Counters are locked in one order (no deadlocks between writers), counted up, and readers are
-- woken at commit.
create function append(topics text[], partitions integer[], keys text[], header_sets jsonb[], payloads bytea[])
returns table (topic text, partition integer, base bigint)
language plpgsql security definer set search_path = pg_catalog, event_log, pg_temp as $$
#variable_conflict use_column
begin
  -- Whoever may insert into the table itself needs no right of a service.
  if not topics <@ array(select name from log_right where role = session_user and may = 'append')
    and not has_table_privilege(session_user, 'event_log.record', 'insert') then
    raise insufficient_privilege using message = format('the role %s may not append to all of these topics: %s', session_user,
      (select string_agg(distinct t, ', ') from unnest(topics) t));
  end if;
  return query
  with locked as (
    select p.topic, p.partition, b.count
    from (select t.topic, t.partition, count(*) as count from unnest(topics, partitions) as t(topic, partition) group by t.topic, t.partition) b
    join topic_partition p on p.topic = b.topic and p.partition = b.partition
    order by p.topic, p.partition for update of p
  ), counter as (
    update topic_partition p set next_offset = p.next_offset + l.count
    from locked l where p.topic = l.topic and p.partition = l.partition
    returning p.topic, p.partition, p.next_offset - l.count as base
  ), batch as (
    select t.*, row_number() over (partition by t.topic, t.partition order by t.place) - 1 as index
    from unnest(topics, partitions, keys, header_sets, payloads) with ordinality as t(topic, partition, key, headers, value, place)
  ), inserted as (
    insert into record (topic, partition, "offset", key, headers, value)
    select c.topic, c.partition, c.base + b.index, b.key, b.headers, b.value
    from batch b join counter c on c.topic = b.topic and c.partition = b.partition
    order by c.topic, c.partition, b.index
  ), woken as materialized (
    select pg_notify('event_log_appended', c.topic || ' ' || string_agg(c.partition::text, ',')) from counter c group by c.topic
  )
  select c.topic, c.partition, c.base from counter c where (select count(*) from woken) > 0;
end
$$;
revoke all on function append from public;
grant execute on function append to event_log;

-- A service sees the records of the topics that it consumes, and the places of its own group. The policies of the role event_log have the name by which
-- the job that grants rights knows that a table is open to its role.
alter table record enable row level security;
create policy service_rows on record for all to event_log using (true) with check (true);
create policy topics_of_role on record for select
  using (topic in (select r.name from log_right r where r.role = session_user and r.may = 'read'));

alter table consumer_member enable row level security;
create policy service_rows on consumer_member for all to event_log using (true) with check (true);
create policy group_of_role on consumer_member for all
  using (group_name in (select r.name from log_right r where r.role = session_user and r.may = 'consume'));

alter table consumer_partition enable row level security;
create policy service_rows on consumer_partition for all to event_log using (true) with check (true);
create policy group_of_role on consumer_partition for all
  using (group_name in (select r.name from log_right r where r.role = session_user and r.may = 'consume'));
