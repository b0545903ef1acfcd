import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, contextOf, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { claimRequest } from '../request/claim-request.js';
import { AdvanceApplication } from './advance-application.js';
import type { CancelApplicationDto } from './application.dto.js';
import { ReadApplications } from './read-applications.js';

/** The applicant withdraws; possible until the contract is signed (M-AP-09). */
@Injectable()
export class CancelApplication {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly applications: ReadApplications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async cancel(principal: Principal, applicationId: string, cancellationId: string, body: CancelApplicationDto): Promise<void> {
    await this.applications.find(principal, applicationId);
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      if (!(await claimRequest(tx, principal, { resource: 'cancellation', requestId: cancellationId, applicationId, body }, this.clock.now()))) return;
      await this.advance.advance(tx, application, { trigger: 'Cancelled', reason: body.reasonCode, evidence: { cancellationId } });
    });
  }
}
