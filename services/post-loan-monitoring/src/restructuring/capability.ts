import { LoanRestructured } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { RequestRestructuring } from './request-restructuring.js';
import { RestructuringController } from './restructuring.controller.js';
import { RESTRUCTURING } from './restructuring.task.js';
import { SettleRestructuring } from './settle-restructuring.js';

/** Other terms for a borrower who cannot pay by those of the contract: what is late is moved, and the loan is observed. */
export const restructuring = defineCapability({
  name: 'restructuring',
  face: ['restructuring.task'],
  controllers: [RestructuringController],
  providers: [RequestRestructuring],
  produces: [LoanRestructured],
  taskKinds: [decidedBy(RESTRUCTURING, SettleRestructuring)],
});
