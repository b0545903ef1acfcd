import { RepaymentReversed } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { REPAYMENT_ELSEWHERE, REPAYMENT_REVERSAL } from './repayment-reversal.task.js';
import { RequestReversal } from './request-reversal.js';
import { ReversalController } from './reversal.controller.js';
import { SettleReversal } from './settle-reversal.js';

/** A repayment that does not count: asked for, decided by two persons, and taken out of the loan. */
export const reversal = defineCapability({
  name: 'reversal',
  face: ['take-out'],
  controllers: [ReversalController],
  providers: [RequestReversal],
  produces: [RepaymentReversed],
  taskKinds: [decidedBy(REPAYMENT_REVERSAL, SettleReversal), decidedBy(REPAYMENT_ELSEWHERE, SettleReversal)],
});
