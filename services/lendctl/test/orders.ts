import { DisbursementRequested, newId, type PayloadOf, canonicalJson } from '@millrace/contracts';
import { oldFormOf, oldIndexOf } from '@millrace/testing';
import { FIELD_KEY, type QuietInstallation } from './quiet-installation.js';

const ACCOUNT = { accountName: '甲有限公司', accountNumber: '6222000011112222' };

const PAYEE = `
insert into payee (payee_record_id, tenant_id, owner_id, application_id, content_index, account_name, account_number, created_at)
values ($1::uuid, 't1', 'test', $2::uuid, $3, $4, $5, now())`;

/** An order to pay a loan out, for disbursement. */
export function orderOf(change: Partial<PayloadOf<DisbursementRequested>> = {}): DisbursementRequested {
  return new DisbursementRequested({
    applicationId: newId(),
    loanId: newId(),
    contractId: newId(),
    contractSha256: 'a'.repeat(64),
    tenantId: 't1',
    uscc: `USCC${newId().slice(-10)}`,
    amountMinor: '30000000',
    currency: 'CNY',
    tenorMonths: 12,
    payeeRecordId: newId(),
    policyVersion: 'online_microloan.v0',
    ...change,
  });
}

/** The same with an account that disbursement knows. */
export async function payableOrder(installation: QuietInstallation): Promise<DisbursementRequested> {
  const order = orderOf();
  const sealed = [ACCOUNT.accountName, ACCOUNT.accountNumber].map((plain) => oldFormOf(FIELD_KEY, plain));
  await installation.sql('disbursement', PAYEE, [order.payeeRecordId, order.applicationId, oldIndexOf(FIELD_KEY, canonicalJson(ACCOUNT)), ...sealed]);
  return order;
}
