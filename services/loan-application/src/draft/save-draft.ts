import { contentHash, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, idReused, notFound, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceDraft, isOwnDraft, OWN_CHANNEL } from './advance-draft.js';
import type { Draft } from './draft.entity.js';
import type { SaveDraftDto } from './draft.dto.js';

/** Begins a draft, keeps what is filled in so far, and throws it away. */
@Injectable()
export class SaveDraft {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceDraft,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** True where the draft is new. What is sent replaces all that was saved; the same again changes nothing. */
  save(principal: Principal, applicationId: string, body: SaveDraftDto): Promise<boolean> {
    if (principal.kind !== 'partner') requireRole(principal, 'account_manager');
    return this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const known = await this.advance.lock(tx, applicationId);
      const evidence = { contentSha256: contentHash(body) };
      if (known && !isOwnDraft(known, principal)) throw notFound('draft');
      if (known && known.live && contentHash(known.fields) === evidence.contentSha256) return false;
      if (known) {
        await this.advance.advance(tx, known, { trigger: 'Saved', reason: 'FILLED_IN', evidence }, { ...body });
        return false;
      }
      await refuseTaken(tx, applicationId);
      const { tenantId, partnerId, id: makerId } = principal;
      const draft = { applicationId, tenantId, partnerId: partnerId ?? OWN_CHANNEL, makerId, fields: { ...body }, createdAt: this.clock.now() };
      if (!(await this.advance.begin(tx, draft, evidence))) throw idReused('draft');
      return true;
    });
  }

  /** Throws the draft away with all that was filled in; again is the same. */
  async cancel(principal: Principal, applicationId: string, reasonCode: string): Promise<void> {
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const draft = await lockOwn(tx, this.advance, principal, applicationId);
      if (draft.status === 'CANCELLED') return;
      await this.advance.advance(tx, draft, { trigger: 'Cancelled', reason: reasonCode, evidence: {} }, {});
    });
  }
}

/** Locks a draft of the caller's. Throws `NOT_FOUND` for an unknown id and for another partner's alike. */
export async function lockOwn(tx: EventTransaction, advance: AdvanceDraft, principal: Principal, applicationId: string): Promise<Draft> {
  const draft = await advance.lock(tx, applicationId);
  if (!draft || !isOwnDraft(draft, principal)) throw notFound('draft');
  return draft;
}

/** An application that was submitted in one call has its id already. */
async function refuseTaken(tx: EventTransaction, applicationId: string): Promise<void> {
  const { rowCount } = await tx.query('select 1 from application where application_id = $1', [applicationId]);
  if (rowCount) throw idReused('draft');
}
