import type { EventTransaction } from '@millrace/messaging';
import { IS_FROZEN } from '../facility/write-facility-change.js';
import type { Standing } from './recheck-policy.js';

/** One look at all that the hub itself keeps: what was signed is what is there, whoever was to stand for the loan does, and how the firm's other loans are paid. */
const READ = `
select exists (select 1 from consent n where n.application_id = a.application_id and n.guarantor_id is null)
    and not exists (select 1 from consent_withdrawal w join consent n using (consent_id) join product p on p.product_code = a.product_code and p.version = a.product_version
      where w.application_id = a.application_id and (n.guarantor_id is not null or n.type = any(p.required_consents))) as "consentsAlive",
  encode(sha256(convert_to(c.text, 'UTF8')), 'hex') = a.contract_sha256 and exists (select 1 from signature s where s.contract_id = c.contract_id and s.status = 'signed'
    and s.contract_sha256 = a.contract_sha256) as "contractIntact",
  not exists (select 1 from guarantor g where g.application_id = a.application_id and (g.signed_at is null or g.refused_at is not null)) as "guaranteesAlive",
  coalesce((select json_agg(distinct d.loan_status) from drawdown d where d.tenant_id = a.tenant_id and d.uscc = a.uscc and d.loan_status is not null), '[]') as "loanStatuses",
  ${IS_FROZEN} as frozen
from application a join contract c on c.contract_id = a.contract_id where a.application_id = $1`;

/** How the hub's own books stand for the money of an application. */
export async function readStanding(tx: EventTransaction, applicationId: string): Promise<Standing> {
  const { rows } = await tx.query<Standing & Record<string, unknown>>(READ, [applicationId]);
  if (!rows[0]) throw new Error(`application ${applicationId} has no contract to draw on`);
  return rows[0];
}
