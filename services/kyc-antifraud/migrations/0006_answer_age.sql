-- An answer that has become too old is asked for again, under an id of its own; the old one stays as evidence, and the newest of a source counts (M-AP-12).
alter table source_reply drop constraint source_reply_application_id_source_key;
create index source_reply_newest on source_reply (application_id, source, fetched_at desc);
