import { defineCapability } from '@millrace/service';
import { ApplicationController } from './application.controller.js';
import { ContractController } from './contract.controller.js';
import { OfferController } from './offer.controller.js';
import { ReviewReasonController, ReviewTaskController } from './review-task.controller.js';
import { ShowApplications } from './show-applications.js';
import { TextController } from './text.controller.js';

/** What callers are answered of an application: views that several capabilities give together. */
export const api = defineCapability({
  name: 'api',
  controllers: [ApplicationController, OfferController, ContractController, ReviewTaskController, ReviewReasonController, TextController],
  providers: [ShowApplications],
});
