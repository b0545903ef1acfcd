-- What was uploaded to an application, by its hash: the file itself is kept, sealed, by kyc-antifraud. A file is never changed; a better one is another file.
create table evidence_file (
  evidence_id uuid primary key,
  application_id uuid not null references application,
  number int not null check (number > 0),
  kind text not null,
  media_type text not null,
  bytes int not null check (bytes > 0),
  sha256 text not null,
  -- What the virus scanner said; a file that it refused is never here.
  scan text not null check (scan in ('clean', 'unscanned')),
  -- Files of the lender's own people are for them alone.
  by_staff boolean not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  unique (application_id, number)
);
create trigger evidence_file_append_only before update or delete on evidence_file for each row execute function refuse_history_change();
