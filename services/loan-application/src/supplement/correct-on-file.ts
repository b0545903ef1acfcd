import type { Clock, CorrectedValue } from '@millrace/contracts';
import type { CorrectionListAnswer } from '@millrace/contracts/api';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, contextOf, Database, Problem, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication, wrongStatus } from '../application/advance-application.js';
import { ReadApplications } from '../application/read-applications.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { claimRequest } from '../request/claim-request.js';
import { correctedOf, keepCorrection } from './correct-declared.js';
import type { CorrectOnFileDto } from './supplement.dto.js';

interface CorrectionRow {
  readonly correctionId: string;
  readonly occasion: 'supplement' | 'appeal' | 'on_file';
  readonly corrected: CorrectedValue[];
  readonly correctedAt: Date;
}

const READ = `select correction_id as "correctionId", occasion, corrected, corrected_at as "correctedAt" from correction where application_id = $1 order by corrected_at, correction_id`;

/** The applicant has what it declared corrected on the file of an application that has ended without a loan (S03, G-PI-01); the decision stays as it is. */
@Injectable()
export class CorrectOnFile {
  constructor(
    private readonly db: Database,
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly applications: ReadApplications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `WRONG_STATUS`, `ID_REUSED` and `CORRECTION_EMPTY`. */
  async correct(principal: Principal, applicationId: string, correctionId: string, body: CorrectOnFileDto): Promise<void> {
    await this.applications.find(principal, applicationId);
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      const now = this.clock.now();
      if (!(await claimRequest(tx, principal, { resource: 'correction', requestId: correctionId, applicationId, body }, now))) return;
      if (!APPLICATION_PROCESS.takes(application.status, 'InfoCorrected')) throw wrongStatus(application.status);
      const corrected = correctedOf(application, body.corrections, { correctionId, occasion: 'on_file' });
      if (!corrected) throw nothingCorrected();
      await this.advance.advance(tx, application, {
        trigger: 'InfoCorrected',
        reason: 'CORRECTED_ON_FILE',
        evidence: { correctionId, corrected: corrected.told.corrected.map(({ field }) => field) },
        patch: corrected.patch,
        correction: corrected.told,
      });
      await keepCorrection(tx, applicationId, corrected, principal.id, now);
    });
  }

  /** Every correction of an application, oldest first. */
  async list(principal: Principal, applicationId: string): Promise<CorrectionListAnswer> {
    await this.applications.find(principal, applicationId);
    const { rows } = await this.db.query<CorrectionRow & Record<string, unknown>>(READ, [applicationId]);
    const items = rows.map(({ correctedAt, corrected, ...row }) => ({
      ...row,
      corrected: corrected as CorrectionListAnswer['items'][number]['corrected'],
      correctedAt: correctedAt.toISOString(),
    }));
    return { items };
  }
}

function nothingCorrected(): Problem {
  return new Problem({
    status: 422,
    code: 'CORRECTION_EMPTY',
    title: 'The correction changes nothing.',
    detail: 'Send a value that differs from the one that is declared.',
    errors: [{ field: 'corrections', message: 'Send a value that differs from the one that is declared.' }],
  });
}
