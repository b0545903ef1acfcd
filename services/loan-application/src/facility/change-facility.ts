import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import type { CodeFor } from '@millrace/reasons';
import { CLOCK, contextOf, notFound, Problem, requireRight, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import { ReadApplications } from '../application/read-applications.js';
import { claimRequest } from '../request/claim-request.js';
import type { ChangeFacilityDto } from './facility.dto.js';
import { IS_FROZEN, lockFacility, writeFacilityChange } from './write-facility-change.js';

/** What a risk officer may give as the reason of a change. */
const REASONS: Readonly<Record<ChangeFacilityDto['action'], readonly CodeFor<'task'>[]>> = {
  freeze: ['WARNING_SEEN', 'FUNDS_MISUSED'],
  unfreeze: ['WARNING_FALSE', 'WARNING_CAUSE_MENDED'],
};

/** A risk officer freezes the facilities of a firm, or lets it be paid again; nobody else may (R-DB-01). */
@Injectable()
export class ChangeFacility {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly applications: ReadApplications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `FORBIDDEN`, `REASON_UNKNOWN`, `FACILITY_FROZEN_ALREADY`, `FACILITY_NOT_FROZEN`, `ID_REUSED`. */
  async change(principal: Principal, applicationId: string, facilityChangeId: string, body: ChangeFacilityDto): Promise<void> {
    if (principal.kind !== 'staff') throw notFound('loan application');
    requireRight(principal, 'facility');
    await this.applications.find(principal, applicationId);
    refuseUnknownReason(body);
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      // Two applications of one firm may be changed at once; the time is read afterwards, so that the later change has the later one.
      await lockFacility(tx, application);
      const now = this.clock.now();
      if (!(await claimRequest(tx, principal, { resource: 'facility change', requestId: facilityChangeId, applicationId, body }, now))) return;
      const { rows } = await tx.query<{ frozen: boolean }>(`select ${IS_FROZEN} as frozen from application a where a.application_id = $1`, [applicationId]);
      refuseNoChange(body.action, rows[0]!.frozen);
      const { action, reasonCode, comment = null } = body;
      await writeFacilityChange(tx, application, { facilityChangeId, action, reasonCode, comment }, now);
    });
  }
}

function refuseUnknownReason({ action, reasonCode }: ChangeFacilityDto): void {
  const allowed: readonly string[] = REASONS[action];
  if (allowed.includes(reasonCode)) return;
  throw new Problem({
    status: 400,
    code: 'REASON_UNKNOWN',
    title: 'There is no such reason for this change.',
    detail: `To ${action} a facility, give one of: ${allowed.join(', ')}.`,
    errors: [{ field: 'reasonCode', message: `must be one of: ${allowed.join(', ')}` }],
  });
}

function refuseNoChange(action: ChangeFacilityDto['action'], frozen: boolean): void {
  if (action === 'freeze' && frozen)
    throw new Problem({
      status: 409,
      code: 'FACILITY_FROZEN_ALREADY',
      title: 'The firm’s facilities are frozen already.',
      detail: 'GET the facility to see why.',
    });
  if (action === 'unfreeze' && !frozen)
    throw new Problem({ status: 409, code: 'FACILITY_NOT_FROZEN', title: 'The firm’s facilities are not frozen.', detail: 'Nothing has to be lifted.' });
}
