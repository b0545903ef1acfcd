import { ReserveAdjusted } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { ReadReserve } from './read-reserve.js';
import { RequestMovement } from './request-movement.js';
import { ReserveController } from './reserve.controller.js';
import { RESERVE_MOVEMENT } from './reserve.task.js';
import { SettleMovement } from './settle-movement.js';

/** The reserve for operational risk, kept apart from what is set aside for losses on loans: put in by plan, used and topped up by persons (R-TC-10). */
export const reserve = defineCapability({
  name: 'reserve',
  face: ['accrue-reserve'],
  controllers: [ReserveController],
  providers: [RequestMovement, ReadReserve],
  produces: [ReserveAdjusted],
  taskKinds: [decidedBy(RESERVE_MOVEMENT, SettleMovement)],
});
