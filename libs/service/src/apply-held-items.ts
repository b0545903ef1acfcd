import type { Clock } from '@millrace/contracts';
import type { TransactionRunner } from '@millrace/messaging';
import type { ModuleRef } from '@nestjs/core';
import type { Logger } from 'pino';
import { closeHeldItem, listHeldItems, lockHeldItem, sendBackHeldItem } from './held-items.js';
import { HeldDecisionRefused, type DecidedHeldItem, type HeldKind } from './held-kind.js';
import type { ServiceDefinition, Ticker } from './service-definition.js';

/** How often a service looks for decisions that two persons have made. People decide in minutes; a look is one read of an index. */
export const HELD_ITEMS_INTERVAL_MS = 2_000;

/** Applies the decisions that two persons made about a service's held items, each exactly once: item and effect commit together. */
export class ApplyHeldItems implements Ticker {
  readonly #kinds: ReadonlyMap<string, HeldKind>;

  constructor(
    private readonly definition: Pick<ServiceDefinition, 'name' | 'heldKinds'>,
    private readonly service: { readonly modules: ModuleRef; readonly runner: TransactionRunner; readonly clock: Clock; readonly logger: Logger },
  ) {
    this.#kinds = new Map((definition.heldKinds ?? []).map((kind) => [kind.kind, kind]));
  }

  async tick(): Promise<void> {
    if (this.#kinds.size === 0) return;
    for (const { heldId, kind } of await listHeldItems(this.service.runner.pool, { status: 'confirmed' })) await this.#apply(heldId, kind);
  }

  async #apply(heldId: string, name: string): Promise<void> {
    const { runner, modules, clock, logger } = this.service;
    const kind = this.#kinds.get(name);
    if (!kind) return logger.error({ heldId, kind: name }, 'a held item has a kind that this version does not know');
    const context = { actor: { kind: 'system', id: this.definition.name }, causationId: heldId } as const;
    try {
      await runner.run(context, async (tx) => {
        const item = await lockHeldItem(tx, heldId);
        // Another instance was faster, or a person was asked again meanwhile.
        if (item?.status !== 'confirmed') return;
        await modules.get(kind.handler, { strict: false }).apply(item as DecidedHeldItem, tx);
        await closeHeldItem(tx, heldId, clock.now());
      });
    } catch (error) {
      if (error instanceof HeldDecisionRefused) {
        await runner.run(context, (tx) => sendBackHeldItem(tx, heldId, error.message, clock.now()));
        return logger.warn({ heldId, kind: name, reason: error.message }, 'a decision about a held item cannot be done; the item is open again');
      }
      logger.error({ err: error, heldId, kind: name }, 'a decision about a held item could not be applied and will be tried again');
      await runner.pool.query('update held_item set failure = $2 where held_id = $1', [heldId, String((error as Error).message).split('\n')[0]]);
    }
  }
}
