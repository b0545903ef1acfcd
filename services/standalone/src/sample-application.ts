import { type ApplicationView, apply, type GatewayClient, percent, SandboxClient, watch, yuan } from '@millrace/client';
import { systemClock } from '@millrace/contracts';
import { LIST_APPLICATIONS } from '@millrace/contracts/api';
import colors from 'picocolors';

const DECISION_TIMEOUT_MS = 15_000;
/** A seed whose first firm is a plain, healthy one. */
const SAMPLE_SEED = 1;

/** On an empty data directory: one made-up firm applies through the gateway, so that a newcomer finds a decided loan a moment after the start. */
export async function sendSampleApplication(sandboxUrl: string, partner: GatewayClient, say: (line: string) => void): Promise<void> {
  const { items } = await partner.ask(LIST_APPLICATIONS, { limit: 1 });
  if (items.length > 0) return;
  const [firm] = await new SandboxClient(sandboxUrl).generate(SAMPLE_SEED, 1);
  const { applicationId } = await apply(partner, firm!, systemClock.now());
  say(`A made-up firm, ${firm!.name}, asks for ${yuan(firm!.requestedAmountMinor)} yuan: application ${applicationId}`);
  const decided = (view: ApplicationView): boolean => view.decision !== null || view.waitingFor === 'staff';
  const { status, decision } = await watch(partner, applicationId, decided, DECISION_TIMEOUT_MS);
  if (decision?.outcome === 'approved')
    say(colors.green(`Approved: ${yuan(decision.amountMinor ?? '0')} yuan at ${percent(decision.rateBps ?? 0)}; its offer waits for an answer.`));
  else if (decision) say(`Declined: ${decision.reasons.map(({ sentence }) => sentence).join(' ')}`);
  else say(`Now in ${status}: a person decides next.`);
}
