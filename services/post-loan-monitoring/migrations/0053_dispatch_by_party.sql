-- What is due is taken for each party by itself: what the bureau is told at a month end keeps no notice waiting.
create index dispatch_due_of_party on dispatch (party, next_action_at) where next_action_at is not null;
drop index dispatch_due;
