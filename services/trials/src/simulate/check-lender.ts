import { readApplications } from './read-standings.js';
import { HISTORY_INVARIANT } from '@millrace/lendctl/check-histories';
import { LEDGER_INVARIANTS } from '@millrace/lendctl/check-ledger';
import type { Finding, Invariant, VerifiedInvariant, VerifyContext } from '@millrace/lendctl/invariant';
import { verifyInstallation } from '@millrace/lendctl/verify-installation';
import { referenceOf, type Accepted, type Applicant } from './applicant.js';
import { BrokenInvariant } from './broken-invariant.js';
import { debitFindings } from './check-debits.js';
import { inboxFindings, orderFindings, readLog } from './check-log.js';
import type { SimulatedLender } from './simulated-lender.js';

/** What holds between any two steps, since each is the matter of one service's transaction. */
const ALWAYS: readonly Invariant[] = [HISTORY_INVARIANT, ...LEDGER_INVARIANTS];

const contextOf = (lender: SimulatedLender): VerifyContext => ({ installation: lender.installation, now: lender.clock.now(), graceMs: 0 });

/** Ends the run with the first rule that does not hold. */
export async function checkAlways(lender: SimulatedLender): Promise<void> {
  for (const { name, check } of ALWAYS) {
    const [finding] = await check(contextOf(lender));
    if (finding) throw new BrokenInvariant(name, `${finding.service}: ${finding.subject} ${finding.what}`);
  }
}

/** Every rule over the whole lender, when nothing is under way any more: those of `lendctl verify`, and those that only the outside can see. */
export async function checkAtTheEnd(lender: SimulatedLender, applicants: readonly Applicant[]): Promise<VerifiedInvariant[]> {
  const sent = await readLog(lender.log);
  return [
    ...(await verifyInstallation(lender.installation, 0)),
    {
      name: 'all-at-rest',
      rule: 'Without faults every application comes to its end.',
      findings: await restFindings(lender, applicants),
    },
    {
      name: 'one-debit',
      rule: 'The bank debited every paid loan once, with the approved amount, and no other.',
      findings: await debitFindings(lender.sandbox.url, await paidApplications(lender, applicants)),
    },
    {
      name: 'requests-kept',
      rule: 'Every request that was answered with yes is in the books, once.',
      findings: (await Promise.all(applicants.map((applicant) => keptFindings(lender, applicant)))).flat(),
    },
    {
      name: 'log-is-handled-once',
      rule: 'The inbox of every consumer holds every event of the log that it takes, and no other.',
      findings: await inboxFindings(lender, sent),
    },
    {
      name: 'log-keeps-order',
      rule: 'The log holds every event of every outbox, and those of one key in the order in which they were written.',
      findings: await orderFindings(lender, sent),
    },
  ];
}

const hub = (subject: string, what: string): Finding => ({ service: 'loan-application', subject, what });

async function restFindings({ admin }: SimulatedLender, applicants: readonly Applicant[]): Promise<Finding[]> {
  const known = await readApplications(admin);
  return applicants
    .filter((applicant) => !applicant.isAtRest(known.get(applicant.applicationId)))
    .map(({ applicationId, number }) =>
      hub(applicationId, `(applicant ${number}) is still ${known.get(applicationId)?.drawdownStatus ?? known.get(applicationId)?.status ?? 'not there'}`),
    );
}

/** What each applicant's account must have been paid: the approved amount where the loan lives or lived. */
async function paidApplications(
  { admin }: SimulatedLender,
  applicants: readonly Applicant[],
): Promise<{ subject: string; account: string; amountMinor: string | null }[]> {
  const { rows } = await admin.query<{ id: string; amount: string }>(
    'select application_id as id, amount_minor as amount from loan_application.drawdown where loan_status is not null',
  );
  const amounts = new Map(rows.map(({ id, amount }) => [id, amount]));
  return applicants.map(({ applicationId, firm }) => ({
    subject: applicationId,
    account: firm.bankAccount.accountNumber,
    amountMinor: amounts.get(applicationId) ?? null,
  }));
}

/** The trigger that an accepted write leaves in the history of its application. */
const TRIGGERS: Partial<Record<Accepted['act'], string>> = { submit: 'Submitted', accept: 'OfferAccepted', decline: 'OfferDeclined', withdraw: 'Cancelled' };

async function keptFindings({ admin }: SimulatedLender, { applicationId, accepted }: Applicant): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { act, id, amountMinor } of accepted) {
    const trigger = TRIGGERS[act];
    const { rows } =
      amountMinor === undefined
        ? await admin.query<{ times: number }>(
            trigger === undefined
              ? `select count(*)::int as times from loan_application.client_request where request_id = $1::uuid and application_id = $2`
              : `select count(*)::int as times from loan_application.application_history where application_id = $2 and trigger = $1 and effect = 'moved'`,
            [trigger ?? id, applicationId],
          )
        : await admin.query<{ times: number }>(
            'select count(*)::int as times from post_loan_monitoring.repayment where bank_reference = $1 and amount_minor = $2',
            [referenceOf(id), amountMinor],
          );
    if (rows[0]!.times !== 1) findings.push(hub(applicationId, `accepted "${act}" (${id}), which is in the books ${rows[0]!.times} times`));
  }
  return findings;
}
