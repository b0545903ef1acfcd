import { GuaranteeClaimed, GuaranteeRecorded, GuarantorConsentRecorded } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { GuaranteeController } from './guarantee.controller.js';
import { GUARANTEE, GUARANTEE_CLAIM, GUARANTEE_COMPENSATION } from './guarantee.tasks.js';
import { PursueGuarantor } from './pursue-guarantor.js';
import { RecordGuarantee } from './record-guarantee.js';
import { SettleClaim, SettleCompensation } from './settle-claim.js';
import { SettleGuarantee } from './settle-guarantee.js';

/** Who stands for a loan beside its borrower, for how much and until when, and that it is asked to pay. */
export const guarantee = defineCapability({
  name: 'guarantee',
  face: ['book-guarantees', 'guarantee.dto', 'guarantees'],
  controllers: [GuaranteeController],
  providers: [RecordGuarantee, PursueGuarantor],
  produces: [GuaranteeRecorded, GuarantorConsentRecorded, GuaranteeClaimed],
  taskKinds: [decidedBy(GUARANTEE, SettleGuarantee), decidedBy(GUARANTEE_CLAIM, SettleClaim), decidedBy(GUARANTEE_COMPENSATION, SettleCompensation)],
});
