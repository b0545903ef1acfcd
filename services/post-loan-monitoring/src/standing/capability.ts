import { CollectionStageChanged, GuaranteeStatusChanged, LoanClassified, LoanCured, LoanOverdueBucketChanged, LoanOverdueStarted } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';

/** Where a loan stands at the end of a day: how late it is, in which class and stage, and how its arrears are pursued. */
export const standing = defineCapability({
  name: 'standing',
  face: ['class-facts', 'end-standing', 'judge-obligors', 'payable-on', 'read-standings', 'rules-on', 'stand', 'stand-again', 'standing', 'store-standings'],
  produces: [LoanOverdueStarted, LoanOverdueBucketChanged, LoanCured, LoanClassified, CollectionStageChanged, GuaranteeStatusChanged],
});
