import { newId, type Clock, type Finding, type ScoringRequested } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { applicantReasons, openFindings } from '@millrace/reasons';
import { CLOCK, Problem } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import type { Application } from '../application/application.entity.js';
import { scoring } from '../application/build-events.js';
import { freezeFacility } from '../facility/write-facility-change.js';
import type { StepEvidence } from '../process/step-evidence.js';
import { AdvanceDrawdown } from './advance-drawdown.js';
import type { DrawdownChange, DrawdownFile } from './drawdown-change.js';
import { readStanding } from './read-standing.js';
import { isStale, judgeRecheck, nameOf, openRecheckFindings, type Recheck, type RecheckJudgement } from './recheck-policy.js';

/**
 * Findings that keep the firm from any money, not only from this payment (E07): enforcement, and what points at suspicion, which only a risk officer can judge
 * and which is told here under its neutral code. Whatever stops freezes too.
 */
const FREEZING: ReadonlySet<string> = new Set(['ENFORCEMENT_OPEN', 'ENFORCEMENT_HEAVY', 'OWNER_ENFORCEMENT', 'MANUAL_CHECK']);

/** Looks again before the money leaves, and does what follows (R-DB-01). */
@Injectable()
export class LookAgain {
  constructor(
    private readonly advance: AdvanceDrawdown,
    private readonly applications: AdvanceApplication,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Begins the drawdown of a contract that was signed just now: where nothing is too old and nothing speaks against it, its payment is ordered by the same step. */
  async begin(tx: EventTransaction, application: Application, signedAt: Date): Promise<void> {
    // The money of a renewal stays where it is.
    const judgement: RecheckJudgement = application.renewsLoanId === null ? await this.#judge(tx, application, null, null) : { verdict: 'pass', lines: [] };
    await this.advance.start(tx, application, signedAt, judgement);
    if (judgement.verdict === 'pass') return;
    await this.#follow(tx, await this.advance.lockKnown(tx, application.applicationId), application, null, judgement);
  }

  /** Goes on with a drawdown that is looked at again, by what has come since. */
  async goOn(tx: EventTransaction, drawdown: DrawdownFile, recheck: Recheck | null): Promise<void> {
    const application = await this.applications.lockKnown(tx, drawdown.applicationId);
    await this.#follow(tx, drawdown, application, recheck, await this.#judge(tx, application, recheck, drawdown.authorisedAt));
  }

  /** An answer that came after the look was given up: a person looks already, and what it says of the firm keeps it from any money. */
  async learnLate(
    tx: EventTransaction,
    drawdown: DrawdownFile,
    { findings, stops }: { readonly findings: readonly Finding[]; readonly stops: boolean },
  ): Promise<void> {
    if (stops || findings.some(({ code }) => FREEZING.has(code))) await freezeFacility(tx, drawdown, 'RECHECK_FAILED', this.clock.now());
  }

  /**
   * A payment officer has the payment go on; what was found counts no more where the officer says that it was looked at. All else is looked at again.
   * @throws `RECHECK_FAILED` where something stands in the way that the officer may not set aside
   */
  async goOnCleared(tx: EventTransaction, applicationId: string, isLookedAt: boolean): Promise<void> {
    const drawdown = await this.advance.lockKnown(tx, applicationId);
    const application = await this.applications.lockKnown(tx, applicationId);
    const { recheck, judgement } = await this.#lookNow(tx, drawdown, application, drawdown.recheck && cleared(drawdown.recheck, isLookedAt));
    if (judgement.verdict === 'hold') throw standsInTheWay(judgement);
    await this.#follow(tx, drawdown, application, recheck, judgement);
  }

  /** Two persons have authorised the payment: time has passed, so that it is looked at again. */
  async goOnAuthorised(tx: EventTransaction, applicationId: string): Promise<void> {
    const drawdown = await this.advance.lockKnown(tx, applicationId);
    const application = await this.applications.lockKnown(tx, applicationId);
    const { recheck, judgement } = await this.#lookNow(tx, drawdown, application, drawdown.recheck);
    await this.#follow(tx, drawdown, application, recheck, judgement);
  }

  /** Answers that have become too old while people looked are asked for again. */
  async #lookNow(
    tx: EventTransaction,
    { authorisedAt }: DrawdownFile,
    application: Application,
    seen: Recheck | null,
  ): Promise<{ readonly recheck: Recheck | null; readonly judgement: RecheckJudgement }> {
    const known = await this.#judge(tx, application, seen, authorisedAt);
    if (!seen?.answer || !isStale(known)) return { recheck: seen, judgement: known };
    const recheck: Recheck = { recheckId: seen.recheckId, accepted: seen.accepted };
    return { recheck, judgement: await this.#judge(tx, application, recheck, authorisedAt) };
  }

  /** A payment above what the engine may order by itself waits for two persons (R-DB-02, M-DR-06). */
  async #judge(tx: EventTransaction, application: Application, recheck: Recheck | null, authorisedAt: Date | null): Promise<RecheckJudgement> {
    const judgement = await this.#judgeRecheck(tx, application, recheck);
    const { authoriseAboveMinor } = policyOf(application.policyVersion).payment;
    const isLarge = BigInt(application.decision?.amountMinor ?? 0) > BigInt(authoriseAboveMinor);
    return judgement.verdict === 'pass' && isLarge && authorisedAt === null ? { ...judgement, verdict: 'authorise' } : judgement;
  }

  async #judgeRecheck(tx: EventTransaction, application: Application, recheck: Recheck | null): Promise<RecheckJudgement> {
    const { verification, score, policyVersion, applicationId } = application;
    return judgeRecheck({
      facts: verification?.facts ?? null,
      scoredAt: score?.scoredAt ?? null,
      recheck,
      standing: await readStanding(tx, applicationId),
      policy: policyOf(policyVersion),
      now: this.clock.now(),
    });
  }

  async #follow(
    tx: EventTransaction,
    drawdown: DrawdownFile,
    application: Application,
    recheck: Recheck | null,
    { verdict, lines }: RecheckJudgement,
  ): Promise<void> {
    const now = this.clock.now();
    const { recheckId = newId(), accepted = [] } = recheck ?? {};
    const evidence: StepEvidence = { recheckId, recheck: lines };
    const patch = recheck ? { recheck } : {};
    const findings = recheck ? openFindings(openRecheckFindings(recheck)) : [];
    // Before anything else, as the look may go on for days while other money of the firm waits to leave.
    if (verdict === 'refuse' || findings.some(({ code }) => FREEZING.has(code))) await freezeFacility(tx, drawdown, 'RECHECK_FAILED', now);
    const step = (change: Omit<DrawdownChange, 'evidence'>): Promise<unknown> => this.advance.advance(tx, drawdown, { ...change, evidence });
    if (verdict === 'pass') {
      await step({ trigger: 'RecheckCleared', reason: 'RECHECKED', patch });
    } else if (verdict === 'authorise') {
      await step({ trigger: 'AuthorisationNeeded', reason: 'AUTHORISATION_NEEDED', patch });
    } else if (verdict === 'ask') {
      const asked: Recheck = { recheckId: newId(), accepted };
      await this.advance.advance(tx, drawdown, {
        trigger: 'RecheckAsked',
        reason: 'ANSWERS_TOO_OLD',
        evidence: { ...evidence, recheckId: asked.recheckId },
        patch: { recheck: asked },
      });
    } else if (verdict === 'score') {
      const asked: Recheck = recheck ?? { recheckId, accepted };
      await step({ trigger: 'RecheckScoring', reason: 'SCORE_TOO_OLD', patch: { recheck: asked }, scoring: scoreAnew(application, asked) });
    } else {
      if (verdict === 'hold') {
        await step({ trigger: 'RecheckHeld', reason: 'RECHECK_FAILED', patch, review: reviewOf(drawdown, recheck) });
      } else {
        // What is told is neutral, whatever was found: nobody is to learn from a refusal what the lender has seen (G-AM-03).
        const refusal = { stage: 'disbursement', decidedAt: now.toISOString(), reasons: applicantReasons([], 'refusal') } as const;
        const verification = { outcome: 'rejected', fraudScore: 0, findings, facts: recheck?.answer?.facts ?? null } as const;
        await step({
          trigger: 'RecheckRefused',
          reason: 'RECHECK_FAILED',
          patch: { ...patch, refusal },
          refused: { verification, causes: findings.map(({ code }) => code) },
        });
      }
    }
  }
}

/** The score is made by the youngest facts, and names the re-check that it decides. */
function scoreAnew(application: Application, { recheckId, answer }: Recheck): ScoringRequested {
  return scoring(application, 'decision', answer?.facts ?? undefined, recheckId)!;
}

/** What the person who has to look at a held payment is shown of it. */
export function reviewOf({ loanId, amountMinor }: DrawdownFile, recheck: Recheck | null): NonNullable<DrawdownChange['review']> {
  const findings = recheck ? openFindings(openRecheckFindings(recheck)) : [];
  return { reasons: applicantReasons([], 'review'), figures: { findings, loanId, amountMinor } };
}

/** What an officer has looked at counts no more; a source that stayed away is asked again. */
function cleared(recheck: Recheck, isLookedAt: boolean): Recheck {
  const { answer, accepted, ...rest } = recheck;
  const open = openRecheckFindings(recheck);
  const isSilent = open.some(({ code }) => code === 'SOURCE_UNAVAILABLE');
  return { ...rest, ...(answer && !isSilent ? { answer } : {}), accepted: isLookedAt ? [...new Set([...accepted, ...open.map(nameOf)])] : accepted };
}

function standsInTheWay({ lines }: RecheckJudgement): Problem {
  const checks = lines.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check);
  return new Problem({
    status: 409,
    code: 'RECHECK_FAILED',
    title: 'What was looked at again before the payment stands in its way.',
    detail: `Failed: ${checks.join(', ')}. GET the re-checks of the drawdown; only what was found may be set aside here, all else has to be put right, or the payment is given up.`,
  });
}
