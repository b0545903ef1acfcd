import { GuaranteeRecorded, GuarantorConsentRecorded } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { GuaranteeController } from './guarantee.controller.js';
import { GUARANTEE } from './guarantee.tasks.js';
import { RecordGuarantee } from './record-guarantee.js';
import { SettleGuarantee } from './settle-guarantee.js';

/** Who stands for a loan beside its borrower, for how much and until when. */
export const guarantee = defineCapability({
  name: 'guarantee',
  face: ['guarantee.dto', 'guarantees'],
  controllers: [GuaranteeController],
  providers: [RecordGuarantee],
  produces: [GuaranteeRecorded, GuarantorConsentRecorded],
  taskKinds: [decidedBy(GUARANTEE, SettleGuarantee)],
});
