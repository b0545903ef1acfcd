import { FacilityFrozen, FacilityUnfrozen } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { ChangeFacility } from './change-facility.js';
import { FacilityController } from './facility.controller.js';

/** Whether a firm may be paid: the hub decides it, since it alone hears what every part finds, and disbursement refuses what is ordered all the same. */
export const facility = defineCapability({
  name: 'facility',
  face: ['write-facility-change'],
  controllers: [FacilityController],
  providers: [ChangeFacility],
  produces: [FacilityFrozen, FacilityUnfrozen],
});
