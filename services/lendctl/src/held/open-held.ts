import {
  decideHeldItem,
  findHeldItem,
  HeldDecisionRefused,
  type HeldItem,
  type HeldKind,
  type HeldSaying,
  type HeldStatus,
  type HeldStep,
  type LendingService,
  listHeldItems,
  stepsOfHeldItem,
} from '@millrace/service';
import { lineOf, OperatorError } from '../command/operator-error.js';
import type { Installation } from '../installation/installation.js';

/** An item with its service, its kind as that service defines it, and its history. */
export interface Held {
  readonly service: LendingService;
  readonly item: HeldItem;
  readonly kind: HeldKind | undefined;
  readonly steps: readonly HeldStep[];
}

export type OwnedItem = HeldItem & { readonly service: LendingService };

async function ask<T>(service: LendingService, question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    throw new OperatorError(`the database of ${service}: ${lineOf(error)}`, { cause: error });
  }
}

/** Held items of one service, or of every service whose database is known. */
export async function readHeldItems(
  installation: Installation,
  service: string | undefined,
  filter: { status?: HeldStatus; kind?: string; limit?: number },
): Promise<OwnedItem[]> {
  const services = service === undefined ? installation.services : [installation.service(service)];
  const lists = await Promise.all(
    services.map(async (name) => (await ask(name, listHeldItems(installation.pool(name), filter))).map((item) => ({ service: name, ...item }))),
  );
  return lists.flat().sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime());
}

/** The item of this id, whichever service holds it. */
export async function findHeld(installation: Installation, heldId: string): Promise<Held> {
  for (const service of installation.services) {
    const item = await ask(service, findHeldItem(installation.pool(service), heldId));
    if (!item) continue;
    const { heldKinds = [] } = await installation.definition(service);
    return {
      service,
      item,
      kind: heldKinds.find(({ kind }) => kind === item.kind),
      steps: await ask(service, stepsOfHeldItem(installation.pool(service), heldId)),
    };
  }
  throw new OperatorError(`no service holds ${heldId}; see lendctl held list`);
}

/** Writes what one person says; the owning service applies what two have said. */
export async function decideHeld(installation: Installation, { service, item, kind }: Held, saying: HeldSaying): Promise<'proposed' | 'confirmed'> {
  if (!kind) throw new OperatorError(`this version of lendctl does not know the kind ${item.kind}; use the one of the running ${service}`);
  const context = { actor: { kind: 'system', id: 'lendctl' }, causationId: item.heldId } as const;
  try {
    return await installation.runner(service).run(context, (tx) => decideHeldItem(tx, kind, item.heldId, saying, installation.clock.now()));
  } catch (error) {
    if (error instanceof HeldDecisionRefused) throw new OperatorError(error.message, { cause: error });
    throw error;
  }
}
