import { ApiClient, type ApplicationView, apply, GatewayProblem, type SandboxFirm, watch } from '@millrace/client';
import { newId } from '@millrace/contracts';
import type { AttackTarget } from './attack.js';
import { AttackClient } from './attack-client.js';

const STEP_TIMEOUT_MS = 60_000;
/** More firms than the healthy ones of which none is offered a loan. */
const FIRMS_TRIED = 20;

/** An attacker's client in the steps of a friendly one, which know no attack and stop at the first refusal. */
export class FriendlyClient extends ApiClient {
  constructor(private readonly client: AttackClient) {
    super();
  }

  override async call<T>(method: 'GET' | 'PUT', path: string, body?: unknown): Promise<T> {
    const answer = await this.client.send(method, path, body === undefined ? {} : { body });
    if (answer.status >= 200 && answer.status < 300) return answer.body as T;
    throw new GatewayProblem(answer.status, String(answer.body?.code), `${method} ${path.split('/').slice(0, 3).join('/')}`);
  }
}

/** Waits until an application is as it should be, and answers it as it then is, or was when the time ended. */
export function watchApplication({ partner }: AttackTarget, applicationId: string, done: (view: ApplicationView) => boolean): Promise<ApplicationView> {
  return watch(new FriendlyClient(partner), applicationId, done, STEP_TIMEOUT_MS);
}

/** An application of a firm of its own that waits for a person, was decided, or was offered a loan. */
export async function applied(target: AttackTarget, firm: SandboxFirm): Promise<ApplicationView> {
  const { applicationId } = await apply(new FriendlyClient(target.partner), firm, new Date());
  return watchApplication(target, applicationId, ({ status, waitingFor, decision }) => status === 'OFFERED' || waitingFor === 'staff' || decision !== null);
}

/** An application in OFFERED; where none of a few healthy firms comes that far, how the last one ended. */
export async function offered(target: AttackTarget, change: (firm: SandboxFirm) => SandboxFirm = (firm) => firm): Promise<ApplicationView> {
  for (let tried = 1; ; tried++) {
    const view = await applied(target, change(await target.newFirm('healthy')));
    if (view.status === 'OFFERED' || tried === FIRMS_TRIED) return view;
  }
}

/** Path and body with which the applicant of an application in OFFERED takes the offer; the cost sheet is read on the way, as it has to be. */
export async function acceptanceOf({ partner }: AttackTarget, applicationId: string): Promise<{ readonly path: string; readonly body: object }> {
  const base = `/v1/loan-applications/${applicationId}`;
  const { offerId } = (await partner.get(`${base}/offer`)).body ?? {};
  return { path: `${base}/offer-acceptances`, body: { offerId, costSheetAcknowledged: true } };
}

/** Path and body with which the applicant signs, as soon as there is a contract; undefined where none comes. */
export async function signatureOf(target: AttackTarget, applicationId: string): Promise<{ readonly path: string; readonly body: object } | undefined> {
  const { contract } = await watchApplication(target, applicationId, ({ status }) => status === 'CONTRACTING');
  return contract ? { path: `/v1/loan-applications/${applicationId}/signatures`, body: { contractSha256: contract.contractSha256 } } : undefined;
}

/** One write under a new id. */
export function write(by: AttackClient, { path, body }: { readonly path: string; readonly body: object }): ReturnType<AttackClient['put']> {
  return by.put(`${path}/${newId()}`, body);
}
