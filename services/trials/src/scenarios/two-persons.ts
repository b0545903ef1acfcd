import { openInstallation } from '@millrace/lendctl/installation';
import { decideHeld, findHeld, readHeldItems } from '@millrace/lendctl/open-held';
import type { LendingService } from '@millrace/service';
import { eventually, type Stage } from '../stage/stage.js';

/** What two operators say of a question that a service leaves to two persons. */
export interface TwoSay {
  readonly service: LendingService;
  readonly kind: string;
  /** Value that the subject of the question has, or a fact of it. */
  readonly about: string;
  readonly decision: string;
  /** What the decision has to name; nothing where it is not given. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly reason: string;
  /** What is done at each look for the question; nothing where it is not given. */
  readonly meanwhile?: () => Promise<void>;
}

/** Two persons say the same with `lendctl held`, one after the other; answers once the service has done it. */
export async function twoPersonsSay(stage: Stage, { service, kind, about, decision, parameters = {}, reason, meanwhile }: TwoSay): Promise<void> {
  const installation = await openInstallation({ environment: stage.system.installation, clock: { now: () => stage.system.now() } });
  try {
    const item = await eventually(`the question of ${kind}`, async () => {
      await meanwhile?.();
      const items = await readHeldItems(installation, service, { kind, limit: 100 });
      return items.find(({ subject, facts }) => [...Object.values(subject), ...Object.values(facts)].includes(about));
    });
    for (const by of ['Li Na', 'Wang Wei'])
      await decideHeld(installation, await findHeld(installation, item.heldId), { decision, parameters, reason, comment: undefined, by });
    await eventually('what two persons said to be done', async () => (await findHeld(installation, item.heldId)).item.status === 'applied');
  } finally {
    await installation.close();
  }
}
