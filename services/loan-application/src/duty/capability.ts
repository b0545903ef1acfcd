import { SodViolationBlocked } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { SegregationOfDuties } from './segregation-of-duties.js';

/** Who may not do what after having done what about an application (R-UW-05). */
export const duty = defineCapability({
  name: 'duty',
  face: ['duty-table', 'segregation-of-duties'],
  providers: [SegregationOfDuties],
  produces: [SodViolationBlocked],
});
