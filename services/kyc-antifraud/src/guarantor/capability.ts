import { defineCapability } from '@millrace/service';
import { GUARANTORS } from './guarantor-record.js';
import { GuarantorController } from './guarantor.controller.js';
import { RecordGuarantor } from './record-guarantor.js';

/** Who is to stand for the loan of an application, sealed. */
export const guarantor = defineCapability({
  name: 'guarantor',
  face: ['guarantor-record'],
  controllers: [GuarantorController],
  providers: [RecordGuarantor],
  sealedRecords: [GUARANTORS],
});
