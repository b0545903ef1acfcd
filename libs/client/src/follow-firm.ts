import { setTimeout as delay } from 'node:timers/promises';
import { newId, type Clock } from '@millrace/contracts';
import { ACCEPT_OFFER, SHOW_APPLICATION, SHOW_OFFER, SIGN_CONTRACT } from '@millrace/contracts/api';
import { apply } from './apply.js';
import type { ApiClient } from './api-client.js';
import type { ApplicationView } from './gateway-client.js';
import type { SandboxFirm } from './sandbox-client.js';
import { standingOf } from './standing.js';

const FIRST_LOOK_MS = 60;
const SLOWEST_LOOK_MS = 800;

/** One firm's way so far. */
export interface FirmResult {
  readonly firm: SandboxFirm;
  readonly application: ApplicationView;
  /** From the submission to the decision, as the partner saw it; undefined while there is none. */
  readonly decidedAfterMs: number | undefined;
}

/** Told of every change of status that the partner sees. */
export type OnStatus = (firm: SandboxFirm, application: ApplicationView) => void;

/** Looks at an application, less and less often, until `done` says so or the time is over. */
export async function watch(partner: ApiClient, applicationId: string, done: (view: ApplicationView) => boolean, timeoutMs: number): Promise<ApplicationView> {
  const end = performance.now() + timeoutMs;
  for (let waitMs = FIRST_LOOK_MS; ; waitMs = Math.min(waitMs * 1.5, SLOWEST_LOOK_MS)) {
    const view = await partner.ask(SHOW_APPLICATION, { applicationId });
    if (done(view) || performance.now() > end) return view;
    await delay(waitMs);
  }
}

/** What the applicant does next: takes the offer, or signs the contract. Both are writes with an id of their own. */
async function act(partner: ApiClient, { applicationId, status, contract }: ApplicationView): Promise<void> {
  if (status === 'OFFERED') {
    // Reading the offer is what shows its cost sheet; without that it cannot be accepted (G-PR-02).
    const { offerId } = await partner.ask(SHOW_OFFER, { applicationId });
    await partner.ask(ACCEPT_OFFER, { applicationId, acceptanceId: newId() }, { offerId, costSheetAcknowledged: true });
  }
  if (status === 'CONTRACTING') await partner.ask(SIGN_CONTRACT, { applicationId, signatureId: newId() }, { contractSha256: contract!.contractSha256 });
}

/**
 * Takes one firm the whole way as a partner's front end would: apply, accept, sign, until the loan is paid out or declined. A declined
 * firm is watched until its score is there too, which model monitoring needs (R-ID-08), or until the time for it is over. Scores are shown to the
 * lender's own people alone, so they are asked for as one of them.
 */
export async function followFirm(
  { partner, staff }: { readonly partner: ApiClient; readonly staff: ApiClient },
  firm: SandboxFirm,
  onStatus: OnStatus,
  timeouts: { stepMs: number; scoreMs: number },
  clock: Clock,
): Promise<FirmResult> {
  const submittedAt = performance.now();
  let application = await apply(partner, firm, clock.now());
  let decidedAfterMs: number | undefined;
  onStatus(firm, application);
  // An answer that comes at the second try may be of an application that has gone on meanwhile, so the first status is acted on too.
  while (application.waitingFor !== null) {
    const before = standingOf(application);
    await act(partner, application);
    application = await watch(partner, application.applicationId, (view) => standingOf(view) !== before, timeouts.stepMs);
    if (application.decision) decidedAfterMs ??= performance.now() - submittedAt;
    if (standingOf(application) === before) return { firm, application, decidedAfterMs };
    onStatus(firm, application);
  }
  application = await watch(staff, application.applicationId, (view) => view.score !== null, timeouts.scoreMs);
  return { firm, application, decidedAfterMs };
}
