import type { Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { codesFor } from '@millrace/reasons';
import { CLOCK, contextOf, Problem, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication, wrongStatus } from '../application/advance-application.js';
import type { Application } from '../application/application.entity.js';
import { readAskedConsents } from '../application/asked-consents.js';
import { ReadApplications } from '../application/read-applications.js';
import { refuseUnknownEvidence } from '../evidence/known-evidence.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { claimRequest } from '../request/claim-request.js';
import { correctedOf, keepCorrection } from '../supplement/correct-declared.js';
import type { RequestAppealDto } from './appeal.dto.js';
import { appealRefusal } from './appeal-policy.js';
import { figuresOfAppeal, readAppeal } from './stored-appeal.js';

const INSERT = `insert into appeal (appeal_id, application_id, round, ground, evidence_ids, requested_at, due_at, first_decision, first_score)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
const UNIQUE_VIOLATION = '23505';

/** The applicant appeals a refusal by the engine: a person looks, and the corrected data is checked and scored once more, which decides nothing by itself (G-PI-03). */
@Injectable()
export class RequestAppeal {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly applications: ReadApplications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `WRONG_STATUS`, `ID_REUSED`, `REASON_UNKNOWN`, `EVIDENCE_UNKNOWN`, `APPLICATION_NOT_POSSIBLE` and what {@link appealRefusal} names. */
  async request(principal: Principal, applicationId: string, appealId: string, body: RequestAppealDto): Promise<void> {
    refuseUnknownGround(body);
    await this.applications.find(principal, applicationId);
    await this.runner
      .runInTurn(applicationId, contextOf(principal), async (tx) => {
        const application = await this.advance.lockKnown(tx, applicationId);
        if (!(await claimRequest(tx, principal, { resource: 'appeal', requestId: appealId, applicationId, body }, this.clock.now()))) return;
        await this.#request(tx, principal, application, appealId, body);
      })
      .catch(refuseSecondLive);
  }

  async #request(tx: EventTransaction, principal: Principal, application: Application, appealId: string, body: RequestAppealDto): Promise<void> {
    const { applicationId, status, decision, policyVersion, checkRound, score: firstScore } = application;
    const now = this.clock.now();
    const used = (await readAppeal(tx, applicationId)) !== undefined;
    if (!APPLICATION_PROCESS.takes(status, 'AppealRequested') || !decision) throw wrongStatus(status);
    const refusal = appealRefusal({ decision, isBeforeChecks: application.verification === null, isUsed: used }, policyOf(policyVersion).hearing, now);
    if (refusal) throw new Problem({ status: 409, ...refusal });
    const { groundCode, evidenceIds = [] } = body;
    await refuseUnknownEvidence(tx, applicationId, evidenceIds);
    const round = (checkRound ?? 1) + 1;
    const corrected = correctedOf(application, body.corrections, { correctionId: appealId, occasion: 'appeal' });
    const { application: appealed } = await this.advance.advance(tx, application, {
      trigger: 'AppealRequested',
      reason: groundCode,
      evidence: { appealId, evidenceIds, corrected: corrected?.told.corrected.map(({ field }) => field) ?? [] },
      patch: { ...corrected?.patch, checkRound: round },
      appeal: { appealId, groundCode, evidenceIds },
      correction: corrected?.told,
      submission: await readAskedConsents(tx, applicationId),
      review: { reasons: decision.reasons, figures: figuresOfAppeal({ firstScore, verification: null, score: null, routing: null }) },
    });
    const first = [JSON.stringify(decision), firstScore && JSON.stringify(firstScore)];
    await tx.query(INSERT, [appealId, applicationId, round, groundCode, evidenceIds, now, appealed.deadlineAt, ...first]);
    if (corrected) await keepCorrection(tx, applicationId, corrected, principal.id, now);
  }
}

function refuseUnknownGround({ groundCode }: RequestAppealDto): void {
  const allowed: readonly string[] = codesFor('appeal');
  if (allowed.includes(groundCode)) return;
  throw new Problem({
    status: 400,
    code: 'REASON_UNKNOWN',
    title: 'There is no such ground of an appeal.',
    detail: `Give one of: ${allowed.join(', ')}.`,
    errors: [{ field: 'groundCode', message: `must be one of: ${allowed.join(', ')}` }],
  });
}

/** A firm has one live application for a product: it has applied again since, and that one is decided first (M-AP-02). */
function refuseSecondLive(error: unknown): never {
  if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
  throw new Problem({
    status: 409,
    code: 'APPLICATION_NOT_POSSIBLE',
    title: 'No application of this firm can be taken at present.',
    detail: 'It may be tried again later. What there is to say about it, the lender says to the firm itself.',
  });
}
