import type { GuarantorParty } from '@millrace/contracts';
import type { GuaranteeKind } from '@millrace/contracts/api';
import type { EventTransaction } from '@millrace/messaging';

/** The contract of guarantee of a guarantor. */
export interface GuaranteeContract {
  readonly templateVersion: string;
  readonly contractSha256: string;
  readonly text: string;
  readonly textEn: string;
  readonly agreedLimitMinor: string;
  readonly agreedPeriodMonths: number;
}

/** A guarantor of an application as it is stored; null in the parts of its contract until the offer is accepted. */
export type StoredGuarantor = {
  readonly guarantorId: string;
  readonly party: GuarantorParty;
  readonly guarantorRecordId: string;
  readonly guarantorRef: string;
  readonly name: string;
  readonly identifier: string;
  readonly kind: GuaranteeKind;
  readonly limitMinor: string;
  readonly shareBps: number | null;
  readonly periodMonths: number | null;
  readonly signedAt: Date | null;
  readonly refusedAt: Date | null;
} & { readonly [Part in keyof GuaranteeContract]: GuaranteeContract[Part] | null };

const READ = `
select guarantor_id as "guarantorId", party, guarantor_record_id as "guarantorRecordId", guarantor_ref as "guarantorRef", name, identifier, kind,
  limit_minor as "limitMinor", share_bps as "shareBps", period_months as "periodMonths", signed_at as "signedAt", refused_at as "refusedAt",
  template_version as "templateVersion", contract_sha256 as "contractSha256", text, text_en as "textEn", agreed_limit_minor as "agreedLimitMinor",
  agreed_period_months as "agreedPeriodMonths"
from guarantor where application_id = $1 order by number`;

/** Who is to stand for the loan of an application, in its order. */
export async function readGuarantors(queries: Pick<EventTransaction, 'query'>, applicationId: string): Promise<StoredGuarantor[]> {
  return (await queries.query<StoredGuarantor & Record<string, unknown>>(READ, [applicationId])).rows;
}

/** Guarantees that are signed, of the application `a`, as events tell of them, in SQL; null where there are none. */
export const AGREED_GUARANTEES = `(select json_agg(json_build_object('guaranteeId', g.guarantor_id, 'guarantorRef', g.guarantor_ref, 'kind', g.kind,
  'limitMinor', g.agreed_limit_minor::text, 'periodMonths', g.agreed_period_months, 'contractSha256', g.contract_sha256) order by g.number)
  from guarantor g where g.application_id = a.application_id and g.signed_at is not null)`;
