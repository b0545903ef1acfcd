import { LoanExtended } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { ExtensionController } from './extension.controller.js';
import { EXTENSION } from './extension.task.js';
import { RequestExtension } from './request-extension.js';
import { SettleExtension } from './settle-extension.js';

/** A longer term for a borrower who asks in time: within what the law allows, and with the consent of those who stand for the loan. */
export const extension = defineCapability({
  name: 'extension',
  controllers: [ExtensionController],
  providers: [RequestExtension],
  produces: [LoanExtended],
  taskKinds: [decidedBy(EXTENSION, SettleExtension)],
});
