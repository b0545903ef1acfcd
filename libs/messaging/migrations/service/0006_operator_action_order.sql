-- Order of writing, so that a stretch of the trail can be anchored and held against its anchor later (SEC-7).
alter table operator_action add column position bigint generated always as identity unique;
