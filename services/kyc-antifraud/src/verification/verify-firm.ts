import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { CLOCK, Database, LOGGER, ProviderError, type JobHandler } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { withinAge, type AgedReplies } from '../sources/answer-age.js';
import { AskSource } from '../sources/ask-source.js';
import { bodiesOf, INSERT_REPLIES, replyRows, type SourceReply } from '../sources/source-reply.js';
import { CheckGuarantors, unchecked } from './check-guarantors.js';
import { CompleteVerification } from './complete-verification.js';
import { missingConsents, refusedQueries } from '../sources/consent-policy.js';
import { SOURCES, type Source } from '../sources/sources.js';
import { HoldVerification } from './hold-verification.js';
import { identityState, type IdentityState } from './identity-policy.js';
import { identitySignals } from './read-signals.js';
import { nextRound } from './resume-policy.js';
import { contextOfVerification, subjectOf, type StoredVerification } from './stored-verification.js';
import { VerificationTables } from './verification-tables.js';

const BUREAUS: ReadonlySet<Source> = new Set(['enterprise_bureau', 'personal_bureau']);

const PARK = `update verification set attempts = attempts + 1, next_attempt_at = $2 where application_id = $1 and outcome is null and round = $3`;

/**
 * Asks the outside world about one firm: consent first, then identity, and only with a proven identity the bureaus and everything else,
 * in parallel (M-AP-04). One job a firm: a round that fails stores what came in and is parked; the next one asks only for the rest.
 */
@Injectable()
export class VerifyFirm implements JobHandler {
  constructor(
    @Inject(HoldVerification) private readonly holding: HoldVerification,
    @Inject(AskSource) private readonly source: AskSource,
    @Inject(CheckGuarantors) private readonly guarantors: CheckGuarantors,
    @Inject(VerificationTables) private readonly tables: VerificationTables,
    @Inject(CompleteVerification) private readonly completion: CompleteVerification,
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async run(payload: Record<string, unknown>): Promise<void> {
    const stored = await this.holding.readOrHold(String(payload['applicationId']));
    if (!stored || stored.completed) return;
    // What was stored long ago, because a person had to look meanwhile, is asked again.
    const verification = { ...stored, ...withinAge(stored.replies, policyOf(stored.policyVersion).freshness, this.clock.now()) };
    const missing = missingConsents(verification.consents, this.clock.now());
    if (missing.length > 0) return this.#refuse(verification, missing);

    const replies = new Map(verification.replies);
    const silent = await this.#ask(verification, ['identity'], replies);
    const identity = await this.#identityOf(verification, replies);
    if (identity === 'unknown' && (await this.#park(verification, silent, []))) return;
    const proof = verification.replies.has('identity') || identity === 'unknown' ? [] : [replies.get('identity')!];
    if (identity === 'unknown')
      return this.completion.complete(verification, replies, proof, { missingSources: silent.length, bureauQueried: false }, unchecked(verification));
    if (identity === 'disproven') {
      // The register is public, and a firm that there is not is another fault than a person who is not proven (T04).
      await this.#ask(verification, ['registry'], replies);
      const fresh = [...replies.values()].filter(({ source }) => !verification.replies.has(source));
      return this.completion.complete(verification, replies, fresh, { missingSources: 0, bureauQueried: false });
    }
    // What proves the identity is durable before any bureau is asked.
    if (proof.length > 0) await this.database.query(INSERT_REPLIES, [replyRows(verification.applicationId, proof, verification.cipher)]);

    const bureauQueried = identity === 'proven';
    const wanted = SOURCES.filter((source) => bureauQueried || !BUREAUS.has(source));
    const away = await this.#ask(
      verification,
      wanted.filter((source) => source !== 'watchlist'),
      replies,
    );
    // Whom to screen says the registry, so the lists wait for it.
    if (replies.has('registry')) away.push(...(await this.#ask(verification, ['watchlist'], replies)));
    const fresh = [...replies.values()].filter((reply) => reply.source !== 'identity' && !verification.replies.has(reply.source));
    const { signals: guarantors, failures } = await this.guarantors.check(verification, bodiesOf(replies));
    away.push(...failures);
    if (away.length > 0 && (await this.#park(verification, away, fresh))) return;
    const missingSources = wanted.filter((source) => !replies.has(source)).length;
    await this.completion.complete(verification, replies, fresh, { missingSources, bureauQueried }, guarantors);
  }

  /** What was due and may not be asked any more is logged, query by query (S11). */
  #refuse(verification: StoredVerification & AgedReplies, missing: readonly string[]): Promise<void> {
    const { applicationId, replies, revoked } = verification;
    const refused = refusedQueries(
      SOURCES.filter((source) => !replies.has(source)),
      revoked,
    );
    if (refused.length > 0) this.logger.warn({ applicationId, refused }, 'sources are not asked: a consent was withdrawn');
    return this.completion.refuseWithoutConsent(verification, missing, refused);
  }

  async #identityOf(verification: StoredVerification, replies: ReadonlyMap<Source, SourceReply>): Promise<IdentityState> {
    const signals = identitySignals(verification, bodiesOf(replies), this.clock.now());
    return identityState(replies.has('identity'), await this.tables.decide(signals, verification, policyOf(verification.policyVersion)));
  }

  /** Asks for what is not there yet, in parallel; adds what comes to `replies` and returns the failures. */
  async #ask(verification: StoredVerification & AgedReplies, sources: readonly Source[], replies: Map<Source, SourceReply>): Promise<ProviderError[]> {
    const wanted = sources.filter((source) => !replies.has(source));
    const said = bodiesOf(replies);
    const results = await Promise.allSettled(wanted.map((source) => this.source.ask(source, subjectOf(verification), said)));
    const failures: ProviderError[] = [];
    for (const [index, result] of results.entries()) {
      if (result.status === 'fulfilled') replies.set(wanted[index]!, result.value);
      else if (result.reason instanceof ProviderError) failures.push(result.reason);
      else throw result.reason as Error;
    }
    return failures;
  }

  /** Stores what came and parks the rest for a later round; false where waiting is over or no wait would help. */
  async #park(verification: StoredVerification, failures: readonly ProviderError[], fresh: readonly SourceReply[]): Promise<boolean> {
    const worthWaiting = failures.some(({ retryable }) => retryable);
    const { deadlines } = policyOf(verification.policyVersion);
    const next = worthWaiting ? nextRound(verification.roundRequestedAt, verification.attempts + 1, this.clock.now(), deadlines) : null;
    this.logger.warn({ applicationId: verification.applicationId, sources: failures.map(({ message }) => message), next }, 'sources gave no answer');
    if (!next) return false;
    await this.runner.run(contextOfVerification(verification), async (tx) => {
      if (fresh.length > 0) await tx.query(INSERT_REPLIES, [replyRows(verification.applicationId, fresh, verification.cipher)]);
      await tx.query(PARK, [verification.applicationId, next, verification.round]);
    });
    return true;
  }
}
