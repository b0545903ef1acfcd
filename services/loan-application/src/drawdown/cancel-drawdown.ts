import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, contextOf, notFound, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import { ReadApplications } from '../application/read-applications.js';
import { claimRequest } from '../request/claim-request.js';
import { AdvanceDrawdown } from './advance-drawdown.js';
import type { CancelDrawdownDto } from './drawdown.dto.js';

/** The applicant gives the money up; possible until its payment is ordered (M-DR-07). */
@Injectable()
export class CancelDrawdown {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly drawdowns: AdvanceDrawdown,
    private readonly applications: ReadApplications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `WRONG_STATUS`, `ID_REUSED`. */
  async cancel(principal: Principal, applicationId: string, cancellationId: string, body: CancelDrawdownDto): Promise<void> {
    await this.applications.find(principal, applicationId);
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      await this.advance.lockKnown(tx, applicationId);
      const request = { resource: 'drawdown cancellation', requestId: cancellationId, applicationId, body };
      if (!(await claimRequest(tx, principal, request, this.clock.now()))) return;
      const drawdown = await this.drawdowns.lock(tx, applicationId);
      if (!drawdown) throw notFound('drawdown');
      await this.drawdowns.advance(tx, drawdown, { trigger: 'Cancelled', reason: body.reasonCode, evidence: { cancellationId } });
    });
  }
}
