import { setTimeout as delay } from 'node:timers/promises';
import { standingOf, type FirmResult } from '@millrace/client';
import type { Installation } from '@millrace/lendctl/installation';
import type { Finding, VerifiedInvariant } from '@millrace/lendctl/invariant';
import { verifyInstallation } from '@millrace/lendctl/verify-installation';
import { debitFindings } from '../simulate/check-debits.js';

const SETTLE_MS = 180_000;
const LOOK_EVERY_MS = 2_000;

const APPLICATION = /^\/v1\/loan-applications\/([0-9a-f-]{36})$/;
const WRITE = /\/(?:offer-acceptances|signatures|decisions)\/([0-9a-f-]{36})$/;

const MISSING_APPLICATIONS = 'select e.id from unnest($1::uuid[]) as e(id) where not exists (select 1 from application a where a.application_id = e.id)';
const MISSING_WRITES = 'select e.id from unnest($1::uuid[]) as e(id) where not exists (select 1 from client_request r where r.request_id = e.id)';

const idsOf = (paths: readonly string[], pattern: RegExp): string[] => [...new Set(paths.flatMap((path) => pattern.exec(path)?.[1] ?? []))];

async function lostRequests(installation: Installation, accepted: readonly string[]): Promise<Finding[]> {
  const missing = async (sql: string, pattern: RegExp): Promise<string[]> =>
    (await installation.rows<{ id: string }>('loan-application', sql, [idsOf(accepted, pattern)])).map(({ id }) => id);
  const lost = [...(await missing(MISSING_APPLICATIONS, APPLICATION)), ...(await missing(MISSING_WRITES, WRITE))];
  return lost.map((subject) => ({ service: 'loan-application', subject, what: 'was accepted and is not in the books' }));
}

/** What follows the last application is given time to arrive: then nothing may be missing any more. */
async function verifiedWhenQuiet(installation: Installation): Promise<VerifiedInvariant[]> {
  for (const deadline = Date.now() + SETTLE_MS; ; await delay(LOOK_EVERY_MS)) {
    const verified = await verifyInstallation(installation, 0);
    if (Date.now() > deadline || verified.every(({ findings }) => findings.length === 0)) return verified;
  }
}

/** The invariants of `lendctl verify`, with no grace, and those that only the partner and the bank can see. */
export async function checkLoad(
  installation: Installation,
  outside: { readonly results: readonly FirmResult[]; readonly accepted: readonly string[]; readonly sandboxUrl: string },
): Promise<VerifiedInvariant[]> {
  const verified = await verifiedWhenQuiet(installation);
  const stuck = outside.results.filter(({ application }) => application.waitingFor !== null);
  const expected = outside.results.map(({ firm, application: { applicationId, drawdown, loan } }) => ({
    subject: applicationId,
    account: firm.bankAccount.accountNumber,
    amountMinor: loan ? drawdown!.amountMinor : null,
  }));
  return [
    ...verified,
    {
      name: 'all-ended',
      rule: 'Every application comes to its end, whatever dies on its way.',
      findings: stuck.map(({ application }) => ({
        service: 'loan-application',
        subject: application.applicationId,
        what: `is still ${standingOf(application)}`,
      })),
    },
    {
      name: 'one-debit',
      rule: 'The bank debited every paid loan once, with the approved amount, and no other.',
      findings: await debitFindings(outside.sandboxUrl, expected),
    },
    { name: 'requests-kept', rule: 'Every request that was answered with yes is in the books.', findings: await lostRequests(installation, outside.accepted) },
  ];
}
