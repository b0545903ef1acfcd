import { defineCapability } from '@millrace/service';

/** What borrowers and guarantors are told by themselves on the days of a loan: reminders, messages and letters about arrears. */
export const notice = defineCapability({
  name: 'notice',
  face: ['plan-day', 'spell-letters'],
});
