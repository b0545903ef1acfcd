-- The hub gives every payment order the id of its payout, and holds what the bank is said to have done against it. Empty for an application that
-- has no order yet, and for one that was ordered before the hub gave ids: any payout of the loan is then taken as before.
alter table application add column ordered_payout_id uuid;
