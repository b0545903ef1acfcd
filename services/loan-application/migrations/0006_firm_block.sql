-- Until when a firm's applications are not taken. A date and nothing else: what stands behind it is not to be read from here (R-LG-02).
create table firm_block (
  block_id uuid primary key default gen_random_uuid(),
  tenant_id text not null,
  uscc text not null,
  blocked_until timestamptz not null,
  recorded_at timestamptz not null,
  -- Set where two persons have lifted it before its end.
  lifted_at timestamptz
);
create index firm_block_of_firm on firm_block (tenant_id, uscc, blocked_until) where lifted_at is null;

-- Refusals from before become blocks with the terms that were in force (180 and 30 days). Only an application whose identity was proven, or cleared
-- by a person, can block the firm that it names: a wrong digit, or false data of somebody else, no longer does.
insert into firm_block (tenant_id, uscc, blocked_until, recorded_at)
select tenant_id, uscc, rejected_at + case when rejected_for_fraud then interval '180 days' else interval '30 days' end, rejected_at
from application
where rejected_at is not null and verification is not null
  and ((verification ->> 'clearedByPerson')::boolean is true or not exists (
    select 1 from jsonb_array_elements(verification -> 'findings') as finding
    where finding ->> 'code' in ('IDENTITY_MISMATCH', 'FACE_MISMATCH', 'LIVENESS_FAILED', 'BUREAU_NOT_QUERIED', 'LEGAL_REP_MISMATCH', 'REGISTRY_NOT_FOUND',
      'ID_CHECK_DIGIT', 'USCC_CHECK_DIGIT', 'PHONE_MISMATCH', 'CONSENT_MISSING')));
-- Read by versions before this one alone; new applications say nothing here.
alter table application alter column rejected_for_fraud drop not null;
