-- All parties sign (domain §4.1), and what proves it is kept: who signed, the signature over the contract's hash, and the certificate's key,
-- which outlives the certificate (G-EC-02, G-EC-03, R-LG-10).
alter table signature drop constraint signature_status_check;
update signature set status = 'declined' where status = 'refused';
alter table signature
  -- declined: a signatory does not want to; invalid: what came back proves nothing, so the contract is open for another signature.
  add constraint signature_status_check check (status in ('requested', 'signed', 'declined', 'invalid')),
  add column signer_role text not null default 'borrower' check (signer_role in ('borrower', 'lender')),
  add column signer_uscc text,
  add column signature_base64 text,
  add column certificate_public_key_pem text,
  add column signed_at timestamptz;
alter table signature alter column signer_role drop default;
drop index signature_one_open;
create unique index signature_one_open on signature (contract_id, signer_role) where status in ('requested', 'signed');
