import { newId } from '@millrace/contracts';
import { commentHash } from '@millrace/tasks';
import { EMPTY_CHAIN, sealRow, type HistoryEntry, type Seal } from '@millrace/process';
import type { QuietInstallation } from './quiet-installation.js';

/** Ids of a loan whose books are in order everywhere. */
export interface SoundLoan {
  readonly applicationId: string;
  readonly drawdownId: string;
  readonly loanId: string;
  readonly payoutId: string;
  readonly facilityId: string;
  readonly entryId: string;
  readonly uscc: string;
  readonly reviewTaskId: string;
}

const PRINCIPAL_MINOR = '30000000';
/** Long before the installation's clock, so that nothing of it is under way any more. */
const AT = new Date('2026-03-01T01:00:00Z');

async function insert(installation: QuietInstallation, schema: string, table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const columns = Object.keys(row);
  const values = columns.map((_, index) => `$${index + 1}`).join(', ');
  await installation.sql(schema, `insert into ${table} (${columns.map((column) => `"${column}"`).join(', ')}) values (${values})`, Object.values(row));
}

/** Writes a paid loan into the books of hub, disbursement and monitoring. */
export async function soundLoan(installation: QuietInstallation): Promise<SoundLoan> {
  const [applicationId, drawdownId, loanId, payoutId] = [newId(), newId(), newId(), newId()];
  const [facilityId, entryId, reviewTaskId] = [newId(), newId(), newId()];
  const loan = { applicationId, drawdownId, loanId, payoutId, facilityId, entryId, reviewTaskId, uscc: `USCC${newId().slice(-12)}` };
  await writeHub(installation, loan);
  await writeDisbursement(installation, loan);
  await writeMonitoring(installation, loan);
  return loan;
}

const DECISION = { by: 'rita', reasonCode: 'CHECKED_BY_PHONE', comment: 'she called back' } as const;

/** Sealed steps of one subject, from its beginning to its status. */
type Chain = readonly (HistoryEntry & Seal)[];

function sealed(id: Readonly<Record<string, string>>, entries: readonly Omit<HistoryEntry, 'seq' | 'causationId' | 'at' | 'effect'>[]): Chain {
  const rows: (HistoryEntry & Seal)[] = [];
  for (const [index, entry] of entries.entries()) {
    const row: HistoryEntry = { ...entry, ...id, seq: index + 1, effect: 'moved', causationId: newId(), at: AT };
    const prevSha256 = rows.at(-1)?.rowSha256 ?? EMPTY_CHAIN;
    rows.push({ ...row, prevSha256, rowSha256: sealRow(row, prevSha256) });
  }
  return rows;
}

const MACHINE = { kind: 'system', id: 'test' } as const;

/** Checked by a machine, then cleared by a person. */
function historyOf({ applicationId, reviewTaskId }: SoundLoan, decisionId: string): Chain {
  const evidence = { amountMinor: PRINCIPAL_MINOR };
  const decided = { ...evidence, reviewTaskId, decisionId, commentSha256: commentHash(DECISION.comment) };
  return sealed({ applicationId }, [
    { trigger: 'Submitted', statusFrom: 'NEW', statusTo: 'CHECKING', actor: MACHINE, reason: 'TEST', evidence },
    {
      ...{ trigger: 'ReviewCleared', statusFrom: 'CHECKING', statusTo: 'COMPLETED' },
      ...{ actor: { kind: 'staff', id: DECISION.by }, reason: DECISION.reasonCode, evidence: decided },
    },
  ]);
}

/** One step, from nothing to a status. */
const begun = (id: Readonly<Record<string, string>>, trigger: string, statusTo: string): Chain =>
  sealed(id, [{ trigger, statusFrom: 'NEW', statusTo, actor: MACHINE, reason: 'TEST', evidence: {} }]);

async function writeChain(installation: QuietInstallation, schema: string, table: string, chain: Chain): Promise<void> {
  for (const { actor, ...row } of chain) {
    const column = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const fields = Object.entries(row).map(([name, value]) => [column(name), name === 'evidence' ? JSON.stringify(value) : value]);
    await insert(installation, schema, table, { ...Object.fromEntries(fields), actor_kind: actor.kind, actor_id: actor.id });
  }
}

async function writeHub(installation: QuietInstallation, loan: SoundLoan): Promise<void> {
  const { applicationId, uscc } = loan;
  const decisionId = newId();
  const chain = historyOf(loan, decisionId);
  await insert(installation, 'loan_application', 'application', {
    application_id: applicationId,
    tenant_id: 't1',
    partner_id: 'p1',
    maker_id: 'm1',
    status: 'COMPLETED',
    live: false,
    product_code: 'invoice-loan',
    product_version: 1,
    product_terms: '{}',
    requested_amount_minor: PRINCIPAL_MINOR,
    currency: 'CNY',
    tenor_months: 12,
    repayment_method: 'equal_instalment',
    purpose: 'working_capital',
    uscc,
    company_name: 'test',
    declared_revenue_minor: '1',
    industry_code: 'F51',
    disclosures_acknowledged: [],
    applicant_record_id: newId(),
    payee_record_id: newId(),
    policy_version: 'online_microloan.v0',
    content_sha256: 'a'.repeat(64),
    submitted_at: AT,
    updated_at: AT,
    decision: JSON.stringify({ amountMinor: PRINCIPAL_MINOR }),
    history_seq: chain.length,
    history_head: chain.at(-1)!.rowSha256,
  });
  await writeChain(installation, 'loan_application', 'application_history', chain);
  await writeDrawdown(installation, loan);
  await writeTask(installation, loan, decisionId);
  await insert(installation, 'loan_application', 'offer', {
    offer_id: newId(),
    application_id: applicationId,
    amount_minor: PRINCIPAL_MINOR,
    rate_bps: 635,
    effective_annual_rate_bps: 653,
    tenor_months: 12,
    repayment_method: 'equal_instalment',
    cost_sheet: '{}',
    issued_at: AT,
    expires_at: AT,
  });
}

async function writeDrawdown(installation: QuietInstallation, { applicationId, drawdownId, loanId, payoutId, uscc }: SoundLoan): Promise<void> {
  const chain = begun({ drawdownId }, 'Requested', 'PAID');
  await insert(installation, 'loan_application', 'drawdown', {
    ...{ drawdown_id: drawdownId, application_id: applicationId, tenant_id: 't1', uscc, product_code: 'invoice-loan', status: 'PAID', live: false },
    ...{ loan_id: loanId, amount_minor: PRINCIPAL_MINOR, currency: 'CNY', payee_record_id: newId(), refused_payee_record_ids: [] },
    ...{ ordered_payout_id: payoutId, loan_status: 'ACTIVE', updated_at: AT, history_seq: 1, history_head: chain[0]!.rowSha256 },
  });
  await writeChain(installation, 'loan_application', 'drawdown_history', chain);
}

async function writeTask(installation: QuietInstallation, { applicationId, reviewTaskId }: SoundLoan, decisionId: string): Promise<void> {
  const decided = { decision: 'approve', parameters: '{}', reason: DECISION.reasonCode };
  await insert(installation, 'loan_application', 'task', {
    ...{ task_id: reviewTaskId, kind: 'verification-review', subject_type: 'application', subject_id: applicationId },
    ...{ subject: JSON.stringify({ applicationId }), tenant_id: 't1', facts: '{"tier":"T1","reasons":[],"figures":{}}', parties: '{"maker":"m1"}' },
    ...{ opened_at: AT, due_at: AT, status: 'applied', ...decided, decided_at: AT, applied_at: AT },
  });
  await insert(installation, 'loan_application', 'task_vote', {
    ...{ task_id: reviewTaskId, round: 1, voter_key: DECISION.by.toUpperCase(), voter: DECISION.by, ...decided },
    ...{ comment: DECISION.comment, vote_id: decisionId, at: AT },
  });
}

async function writeDisbursement(installation: QuietInstallation, { applicationId, loanId, payoutId, facilityId, uscc }: SoundLoan): Promise<void> {
  const whose = { tenant_id: 't1', uscc };
  await insert(installation, 'disbursement', 'obligor_exposure', { ...whose, exposure_minor: PRINCIPAL_MINOR });
  await insert(installation, 'disbursement', 'facility', {
    ...whose,
    facility_id: facilityId,
    application_id: applicationId,
    loan_id: loanId,
    contract_id: newId(),
    contract_sha256: 'a'.repeat(64),
    policy_version: 'online_microloan.v0',
    limit_minor: PRINCIPAL_MINOR,
    committed_minor: PRINCIPAL_MINOR,
    status: 'ACTIVE',
    activated_at: AT,
  });
  await insert(installation, 'disbursement', 'payout', {
    ...whose,
    payout_id: payoutId,
    application_id: applicationId,
    loan_id: loanId,
    payee_record_id: newId(),
    amount_minor: PRINCIPAL_MINOR,
    currency: 'CNY',
    policy_version: 'online_microloan.v0',
    status: 'PAID',
    bank_reference: 'b1',
    paid_at: AT,
    order_cause: 'c1',
    ordered_at: AT,
    causation_id: newId(),
    created_at: AT,
    updated_at: AT,
  });
  const reservation = { payout_id: payoutId, facility_id: facilityId, amount_minor: PRINCIPAL_MINOR, status: 'USED', reserved_at: AT };
  await insert(installation, 'disbursement', 'limit_reservation', reservation);
}

async function writeMonitoring(installation: QuietInstallation, { applicationId, loanId, payoutId, entryId, uscc }: SoundLoan): Promise<void> {
  const chain = begun({ loanId }, 'LoanActivated', 'ACTIVE');
  await insert(installation, 'post_loan_monitoring', 'loan', {
    loan_id: loanId,
    application_id: applicationId,
    contract_id: newId(),
    payout_id: payoutId,
    tenant_id: 't1',
    partner_id: 'p1',
    uscc,
    currency: 'CNY',
    principal_minor: PRINCIPAL_MINOR,
    rate_bps: 635,
    tenor_months: 1,
    repayment_method: 'bullet',
    day_count: 'periodic',
    disbursed_on: '2026-03-01',
    matures_on: '2026-04-01',
    instalment_minor: PRINCIPAL_MINOR,
    total_interest_minor: '0',
    policy_version: 'online_microloan.v0',
    status: 'ACTIVE',
    live: true,
    history_seq: 1,
    history_head: chain[0]!.rowSha256,
    outstanding_principal_minor: PRINCIPAL_MINOR,
    oldest_due_on: '2026-04-01',
    valued_on: '2026-03-01',
    booked_at: AT,
    updated_at: AT,
  });
  await writeChain(installation, 'post_loan_monitoring', 'loan_history', chain);
  await insert(installation, 'post_loan_monitoring', 'instalment', {
    loan_id: loanId,
    number: 1,
    starts_on: '2026-03-01',
    due_on: '2026-04-01',
    principal_minor: PRINCIPAL_MINOR,
    interest_minor: '0',
    balance_minor: '0',
  });
  const entry = { entry_id: entryId, tenant_id: 't1', loan_id: loanId, posted_on: '2026-03-01', value_on: '2026-03-01', source_kind: 'LOAN_BOOKED' };
  await insert(installation, 'post_loan_monitoring', 'journal_entry', { ...entry, source_id: payoutId, recorded_at: AT });
  await insert(installation, 'post_loan_monitoring', 'journal_line', { entry_id: entryId, line_no: 1, account: '1303', debit_minor: PRINCIPAL_MINOR });
  await insert(installation, 'post_loan_monitoring', 'journal_line', { entry_id: entryId, line_no: 2, account: '1002', credit_minor: PRINCIPAL_MINOR });
}
