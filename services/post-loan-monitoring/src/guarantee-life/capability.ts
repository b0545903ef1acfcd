import { GuaranteeCompensated, GuaranteeLapsed, GuaranteeLapseNear, GuaranteeReleased } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { GUARANTEE_LAPSE } from './guarantee-lapse.task.js';
import { SettleGuaranteeLapse } from './settle-guarantee-lapse.js';

/** What becomes of guarantees by the money of their loans and by the days: paid, lapsed, released. The standing of a loan moves them. */
export const guaranteeLife = defineCapability({
  name: 'guarantee-life',
  face: ['compensate', 'follow-guarantees', 'guarantee-lapse.task', 'guarantee-state'],
  produces: [GuaranteeCompensated, GuaranteeLapsed, GuaranteeLapseNear, GuaranteeReleased],
  taskKinds: [decidedBy(GUARANTEE_LAPSE, SettleGuaranteeLapse)],
});
