import { LoanTransferred } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { SettleTransfer } from './settle-transfer.js';
import { TransferController } from './transfer.controller.js';
import { CLAIM_TRANSFER } from './transfer.task.js';

/** The claim of a loan is sold (债权转让): asked for, decided by a committee, taken out of the books, and told to borrower and guarantors. */
export const claimTransfer = defineCapability({
  name: 'claim-transfer',
  face: ['transfer.task'],
  controllers: [TransferController],
  produces: [LoanTransferred],
  taskKinds: [decidedBy(CLAIM_TRANSFER, SettleTransfer)],
});
