import { defineCapability } from '@millrace/service';
import { PAYEES } from './payee-record.js';
import { PayeeController } from './payee.controller.js';
import { StorePayee } from './store-payee.js';

/** Accounts that loans are paid to, sealed and under ids. */
export const payee = defineCapability({
  name: 'payee',
  face: ['mask-payee', 'payee-record'],
  controllers: [PayeeController],
  providers: [StorePayee],
  sealedRecords: [PAYEES],
});
