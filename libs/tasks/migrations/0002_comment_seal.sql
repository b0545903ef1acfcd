-- SHA-256 of the comment that a person gave with a decision: the comment may name people and stays with the vote, its hash stands in the history, which nobody changes.
alter table task_step add column comment_sha256 text check (comment_sha256 ~ '^[0-9a-f]{64}$');
