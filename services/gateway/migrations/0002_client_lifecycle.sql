-- Clients are managed while the gateway runs (`lendctl clients`).
alter table client
  add column created_at timestamptz not null default clock_timestamp(),
  -- A client that is revoked stays known, so that its id is never given to somebody else.
  add column revoked_at timestamptz,
  -- Tokens carry the epoch they were issued under; a higher one here refuses them at once.
  add column token_epoch integer not null default 0 check (token_epoch >= 0),
  -- The secret before the last rotation is good until then, so that a partner can change over without a gap.
  add column previous_secret_hash text,
  add column previous_secret_until timestamptz,
  add check ((previous_secret_hash is null) = (previous_secret_until is null));
