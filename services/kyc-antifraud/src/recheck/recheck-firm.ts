import { businessDate, RecheckFailed, RecheckPassed, SuspicionRaised, type Clock, type Finding, type FirmFacts } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction, type TransactionContext } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { isRestrictedCode } from '@millrace/reasons';
import { CLOCK, Database, LOGGER, ProviderError, type JobHandler } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { withinAge } from '../sources/answer-age.js';
import { AskSource } from '../sources/ask-source.js';
import { refusedQueries } from '../sources/consent-policy.js';
import { bodiesOf, INSERT_REPLIES, replyRows, type SourceReply } from '../sources/source-reply.js';
import { SOURCES, type Source } from '../sources/sources.js';
import { assembleFacts } from '../verification/assemble-facts.js';
import { LOG_REFUSED, type RefusedQuery } from '../verification/complete-verification.js';
import { CheckGuarantors } from '../verification/check-guarantors.js';
import { HoldVerification } from '../verification/hold-verification.js';
import { readSignals } from '../verification/read-signals.js';
import { nextRound } from '../verification/resume-policy.js';
import type { DecidedSignals } from '../verification/signals.js';
import { subjectOf, type StoredVerification } from '../verification/stored-verification.js';
import { VerificationTables } from '../verification/verification-tables.js';
import { newFindings, ownerFindings, toldFindings } from './new-findings.js';

/** A re-check that has no outcome yet, with what was found when the loan was decided. */
interface OpenRecheck extends Record<string, unknown> {
  readonly recheckId: string;
  readonly applicationId: string;
  readonly causationId: string;
  readonly traceparent: string | null;
  readonly requestedAt: Date;
  readonly attempts: number;
  readonly known: readonly Finding[] | null;
}

const READ = `
select r.recheck_id as "recheckId", r.application_id as "applicationId", r.causation_id as "causationId", r.traceparent, r.requested_at as "requestedAt", r.attempts, v.findings as known
from recheck r join verification v using (application_id) where r.recheck_id = $1 and r.outcome is null`;
const PARK = `update recheck set attempts = attempts + 1, next_attempt_at = $2 where recheck_id = $1 and outcome is null`;
/** Only the first to write an outcome changes the row, so the event goes out once. */
const COMPLETE = `
update recheck set outcome = $2, stops = $3, findings = $4, new_findings = $5, signals = $6, table_hashes = $7, facts = $8, completed_at = $9, next_attempt_at = null
where recheck_id = $1 and outcome is null`;

/** What a round has brought. */
interface Round {
  readonly replies: Map<Source, SourceReply>;
  readonly fresh: readonly SourceReply[];
  readonly away: readonly ProviderError[];
  /** What was due and not asked, as its consent was withdrawn. */
  readonly refused: readonly RefusedQuery[];
  readonly signals: DecidedSignals;
}

/**
 * Looks at a firm again before its money leaves (R-DB-01): only sources whose answer is too old are asked, by the same rules as at the verification, and what
 * was found then is no news. Who the person is was proven once, and nobody holds up a face a second time.
 */
@Injectable()
export class RecheckFirm implements JobHandler {
  constructor(
    @Inject(HoldVerification) private readonly holding: HoldVerification,
    @Inject(AskSource) private readonly source: AskSource,
    @Inject(CheckGuarantors) private readonly guarantors: CheckGuarantors,
    @Inject(VerificationTables) private readonly tables: VerificationTables,
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async run(payload: Record<string, unknown>): Promise<void> {
    const { rows } = await this.database.query<OpenRecheck>(READ, [payload['recheckId']]);
    const [recheck] = rows;
    const verification = recheck && (await this.holding.readOrHold(recheck.applicationId));
    if (!recheck || !verification) return;
    const round = await this.#ask(verification);
    if (round.away.length > 0 && (await this.#park(recheck, verification, round))) return;
    await this.#complete(recheck, verification, round);
  }

  async #ask(stored: StoredVerification): Promise<Round> {
    const now = this.clock.now();
    const aged = withinAge(stored.replies, policyOf(stored.policyVersion).freshness, now);
    const replies = new Map(aged.replies);
    const identity = stored.replies.get('identity');
    if (identity) replies.set('identity', identity);
    const verification = { ...stored, ...aged };
    // Also the bureaus, where they were not asked at the verification: whoever signs a contract was proven, or a person has cleared it since.
    const wanted = SOURCES.filter((source) => source !== 'identity');
    // What may not be asked any more, as its consent was withdrawn, counts as a source that says nothing.
    const refused = refusedQueries(
      wanted.filter((source) => !replies.has(source)),
      stored.revoked,
    );
    const isRefused = new Set(refused.map(({ source }) => source));
    const ask = async (sources: readonly Source[]): Promise<ProviderError[]> => {
      const open = sources.filter((source) => !replies.has(source) && !isRefused.has(source));
      const said = bodiesOf(replies);
      const results = await Promise.allSettled(open.map((source) => this.source.ask(source, subjectOf(verification), said)));
      return results.flatMap((result, at) => {
        if (result.status === 'fulfilled') replies.set(open[at]!, result.value);
        else if (!(result.reason instanceof ProviderError)) throw result.reason as Error;
        return result.status === 'fulfilled' ? [] : [result.reason as ProviderError];
      });
    };
    const away = await ask(wanted.filter((source) => source !== 'watchlist'));
    // Whom to screen says the registry, so the lists wait for it.
    if (replies.has('registry')) away.push(...(await ask(['watchlist'])));
    const { signals: ofGuarantors, failures } = await this.guarantors.check(verification, bodiesOf(replies));
    away.push(...failures);
    const missingSources = wanted.filter((source) => !replies.has(source)).length;
    const read = readSignals(stored, bodiesOf(replies), { missingSources, bureauQueried: true }, now);
    const fresh = [...replies.values()].filter((reply) => stored.replies.get(reply.source)?.queryId !== reply.queryId);
    return { replies, fresh, away, refused, signals: ofGuarantors.length === 0 ? read : { ...read, guarantors: ofGuarantors } };
  }

  async #park(recheck: OpenRecheck, verification: StoredVerification, { away, fresh }: Round): Promise<boolean> {
    const { deadlines } = policyOf(verification.policyVersion);
    const worthWaiting = away.some(({ retryable }) => retryable);
    const next = worthWaiting ? nextRound(recheck.requestedAt, recheck.attempts + 1, this.clock.now(), deadlines) : null;
    this.logger.warn({ recheckId: recheck.recheckId, sources: away.map(({ message }) => message), next }, 'sources gave no answer');
    if (!next) return false;
    await this.runner.run(contextOf(recheck), async (tx) => {
      await storeReplies(tx, verification, fresh);
      await tx.query(PARK, [recheck.recheckId, next]);
    });
    return true;
  }

  async #complete(recheck: OpenRecheck, verification: StoredVerification, { replies, fresh, refused, signals }: Round): Promise<void> {
    const { applicationId, recheckId } = recheck;
    const now = this.clock.now();
    const bodies = bodiesOf(replies);
    const decision = await this.tables.decide(signals, verification, policyOf(verification.policyVersion));
    const findings = [...decision.findings, ...ownerFindings(bodies)];
    const found = newFindings(findings, recheck.known ?? []);
    const stops = decision.outcome === 'reject' && found.some(({ severity }) => severity === 'red');
    const facts = assembleFacts(verification.declaredRevenueMinor, bodies, replies.values(), businessDate(now));
    const json = JSON.stringify;
    const made = [json(findings), json(found), json(signals), json(this.tables.hashes), json(facts), now];
    await this.runner.run(contextOf(recheck), async (tx) => {
      await storeReplies(tx, verification, fresh);
      const { rowCount } = await tx.query(COMPLETE, [recheckId, found.length === 0 ? 'passed' : 'failed', stops, ...made]);
      if (!rowCount) return;
      if (refused.length > 0) await tx.query(LOG_REFUSED, [applicationId, JSON.stringify(refused), now]);
      tx.emit(outcomeEvent({ applicationId, recheckId, facts, checkedAt: now.toISOString() }, found, stops));
      const suspicious = found.filter(({ code }) => isRestrictedCode(code));
      if (suspicious.length > 0)
        tx.emit(new SuspicionRaised({ applicationId, outcome: stops ? 'reject' : 'refer', fraudScore: decision.fraudScore, findings: suspicious }));
    });
  }
}

const contextOf = ({ causationId, traceparent }: OpenRecheck): TransactionContext => ({
  actor: { kind: 'system', id: 'kyc-antifraud' },
  causationId,
  traceparent: traceparent ?? undefined,
});

async function storeReplies(tx: EventTransaction, { applicationId, cipher }: StoredVerification, fresh: readonly SourceReply[]): Promise<void> {
  if (fresh.length > 0) await tx.query(INSERT_REPLIES, [replyRows(applicationId, fresh, cipher)]);
}

/** The outcome as ordinary services may know it: what points at suspicion stays here (R-LG-02). */
function outcomeEvent(
  told: { readonly applicationId: string; readonly recheckId: string; readonly facts: FirmFacts; readonly checkedAt: string },
  found: readonly Finding[],
  stops: boolean,
): RecheckPassed | RecheckFailed {
  return found.length === 0 ? new RecheckPassed(told) : new RecheckFailed({ ...told, findings: toldFindings(found), stops });
}
