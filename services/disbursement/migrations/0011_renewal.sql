-- A renewed loan has a limit, and no payout: what is reserved for it stands under the id of its settlement.
alter table limit_reservation drop constraint limit_reservation_payout_id_fkey;
alter table facility add column renews_loan_id uuid;
