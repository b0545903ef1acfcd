import type { AskedItem, Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, Problem, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication, wrongStatus } from '../application/advance-application.js';
import type { Application } from '../application/application.entity.js';
import { readAskedConsents } from '../application/asked-consents.js';
import { ReadApplications } from '../application/read-applications.js';
import { refuseUnknownEvidence } from '../evidence/known-evidence.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { claimRequest } from '../request/claim-request.js';
import { correctedOf, keepCorrection } from './correct-declared.js';
import type { AnswerSupplementDto, CorrectionsDto } from './supplement.dto.js';
import { isAskedOfSource } from './supplement-policy.js';

const OPEN = 'select round, items from supplement where application_id = $1 and answered_at is null order by round desc limit 1';
const ANSWER = 'update supplement set supplement_id = $3, evidence_ids = $4, answered_at = $5 where application_id = $1 and round = $2';

/** The applicant answers what it was asked: corrections are kept with what was declared before, and the checks run again with the new facts (R-AP-08). */
@Injectable()
export class AnswerSupplement {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly applications: ReadApplications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `WRONG_STATUS`, `ID_REUSED`, `SUPPLEMENT_EMPTY`, `CORRECTION_NOT_ASKED` and `EVIDENCE_UNKNOWN`. */
  async answer(principal: Principal, applicationId: string, supplementId: string, body: AnswerSupplementDto): Promise<void> {
    await this.applications.find(principal, applicationId);
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      if (!(await claimRequest(tx, principal, { resource: 'supplement', requestId: supplementId, applicationId, body }, this.clock.now()))) return;
      await this.#answer(tx, principal, application, supplementId, body);
    });
  }

  async #answer(tx: EventTransaction, principal: Principal, application: Application, supplementId: string, body: AnswerSupplementDto): Promise<void> {
    const { applicationId, status, checkRound, deadlineAt } = application;
    const now = this.clock.now();
    // The sweep may be behind; who is late is late all the same.
    if (!APPLICATION_PROCESS.takes(status, 'Supplemented') || (deadlineAt && deadlineAt <= now)) throw wrongStatus(status);
    const { rows } = await tx.query<{ round: number; items: AskedItem[] }>(OPEN, [applicationId]);
    const { round, items } = rows[0]!;
    const { evidenceIds = [], providedAtSource = false } = body;
    refuseUnasked(body.corrections ?? {}, items);
    await refuseUnknownEvidence(tx, applicationId, evidenceIds);
    const corrected = correctedOf(application, body.corrections, { correctionId: supplementId, occasion: 'supplement' });
    if (!corrected && evidenceIds.length === 0 && !(providedAtSource && isAskedOfSource(items))) throw emptyAnswer();
    await this.advance.advance(tx, application, {
      trigger: 'Supplemented',
      reason: 'SUPPLEMENTED',
      evidence: { supplementId, round, evidenceIds, corrected: corrected?.told.corrected.map(({ field }) => field) ?? [] },
      patch: { ...corrected?.patch, checkRound: (checkRound ?? 1) + 1, verification: null, score: null },
      answer: { supplementId, round, evidenceIds },
      correction: corrected?.told,
      submission: await readAskedConsents(tx, applicationId),
    });
    await tx.query(ANSWER, [applicationId, round, supplementId, evidenceIds, now]);
    if (corrected) await keepCorrection(tx, applicationId, corrected, principal.id, now);
  }
}

/** Only what was asked for is corrected here: what else was declared wrongly is a matter of its own, which a person looks at. */
function refuseUnasked(corrections: CorrectionsDto, items: readonly AskedItem[]): void {
  const asked = items.map(({ field }): string => field);
  const errors = Object.keys(corrections)
    .filter((field) => !asked.includes(field))
    .map((field) => ({ field: `corrections.${field}`, message: 'was not asked for' }));
  if (errors.length === 0) return;
  throw new Problem({
    status: 422,
    code: 'CORRECTION_NOT_ASKED',
    title: 'Something is corrected that was not asked for.',
    detail: `Asked for: ${asked.join(', ')}. GET …/supplements shows it.`,
    errors,
  });
}

function emptyAnswer(): Problem {
  const detail = 'Correct what is asked for, name documents as evidence or, where a source lacked something, say with providedAtSource that it is there now.';
  return new Problem({
    status: 422,
    code: 'SUPPLEMENT_EMPTY',
    title: 'The answer changes and adds nothing.',
    detail,
    errors: [{ field: 'corrections', message: detail }],
  });
}
