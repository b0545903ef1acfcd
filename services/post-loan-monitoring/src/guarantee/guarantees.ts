import { GuarantorConsentRecorded, type GuaranteeStatus } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { closeTasks } from '@millrace/tasks';
import { GUARANTEE_LAPSE } from '../guarantee-life/guarantee-lapse.task.js';
import type { LoanAccount } from '../loan/loan-account.js';
import type { Queries } from '../loan/read-account.js';
import { lapseOf } from './guarantee-policy.js';

/** Somebody who stands for a loan, as its contract of guarantee and later consents have it. */
export interface Guarantee {
  readonly guaranteeId: string;
  readonly limitMinor: string;
  readonly periodMonths: number;
  /** The maturity that the guarantor stands for. */
  readonly maturesOn: IsoDate;
  readonly lapsesOn: IsoDate;
  readonly state: GuaranteeStatus;
}

/** A guarantor's consent in writing. */
export interface Consent {
  readonly guaranteeId: string;
  readonly documentSha256: string;
}

const READ = `
select guarantee_id as "guaranteeId", limit_minor as "limitMinor", period_months as "periodMonths", matures_on::text as "maturesOn", lapses_on::text as "lapsesOn", state
from guarantee where loan_id = $1 order by guarantee_id`;

const LIVE = `
select loan_id as "loanId", guarantor_ref as "guarantorRef", guarantee_id as "guaranteeId", limit_minor as "limitMinor", period_months as "periodMonths",
  matures_on::text as "maturesOn", lapses_on::text as "lapsesOn", state
from guarantee where loan_id = any($1::uuid[]) and state = 'live' order by guarantee_id`;

const CONSENT = `insert into guarantor_consent (loan_id, guarantee_id, change_id, document_sha256, recorded_at) values ($1, $2, $3, $4, $5)
on conflict (loan_id, guarantee_id, change_id) do nothing`;
/** That it lapses soon is told anew. */
const BIND = `update guarantee set matures_on = $3, lapses_on = $4, alarmed_on = null where loan_id = $1 and guarantee_id = $2`;

export async function readGuarantees(queries: Queries, loanId: string): Promise<Guarantee[]> {
  return (await queries.query<Guarantee>(READ, [loanId])).rows;
}

/** A guarantee that stands for a loan, with whose it is: a reference that is one for all loans of the guarantor. */
export interface LiveGuarantee extends Guarantee {
  readonly loanId: string;
  readonly guarantorRef: string;
}

/** Guarantees that stand for loans, by loan; a loan that has none is not among them. */
export async function liveGuarantees(queries: Queries, loanIds: readonly string[]): Promise<Map<string, LiveGuarantee[]>> {
  if (loanIds.length === 0) return new Map();
  return Map.groupBy((await queries.query<LiveGuarantee>(LIVE, [loanIds])).rows, ({ loanId }) => loanId);
}

/** Guarantees whose guarantors are bound: those that stand for the loan, and those whose guarantor was asked to pay. */
export async function boundGuarantees(queries: Queries, loanId: string): Promise<Guarantee[]> {
  return (await readGuarantees(queries, loanId)).filter(({ state }) => state === 'live' || state === 'claimed');
}

/**
 * Records what guarantors have agreed to in writing: each of them stands for the maturity of now, and can be asked to pay for as long after it as before.
 * Whoever has not agreed stays bound as before (G-EC-05).
 */
export async function recordConsents(
  tx: EventTransaction,
  { loanId, applicationId, maturesOn }: LoanAccount,
  changeId: string,
  consents: readonly Consent[],
  now: Date,
): Promise<void> {
  const guarantees = await boundGuarantees(tx, loanId);
  for (const { guaranteeId, documentSha256 } of consents) {
    const guarantee = guarantees.find((one) => one.guaranteeId === guaranteeId);
    if (!guarantee) continue;
    const lapsesOn = lapseOf(maturesOn, guarantee.periodMonths, guarantee);
    const { rowCount } = await tx.query(CONSENT, [loanId, guaranteeId, changeId, documentSha256, now]);
    // The same guarantor may be named twice in one request.
    if (!rowCount) continue;
    await tx.query(BIND, [loanId, guaranteeId, maturesOn, lapsesOn]);
    await closeTasks(tx, [GUARANTEE_LAPSE], guaranteeId, now);
    tx.emit(new GuarantorConsentRecorded({ applicationId, loanId, guaranteeId, changeId, lapsesOn }));
  }
}

const REFERENCE = `select guarantor_ref as "guarantorRef" from guarantee where loan_id = $1 and guarantee_id = $2 and state in ('live', 'claimed')`;

/** Whom a guarantee that stands for the loan is of, by the reference that is one for all loans of the guarantor; undefined where there is none. */
export async function guarantorOf(queries: Queries, loanId: string, guaranteeId: string): Promise<string | undefined> {
  return (await queries.query<{ guarantorRef: string }>(REFERENCE, [loanId, guaranteeId])).rows[0]?.guarantorRef;
}
