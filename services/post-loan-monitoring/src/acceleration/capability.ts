import { LoanAccelerated } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { AccelerationController } from './acceleration.controller.js';
import { ACCELERATION } from './acceleration.task.js';
import { SettleAcceleration } from './settle-acceleration.js';

/** A loan is called in before its time: asked for with the notice that was served, reviewed by two persons, and due as a whole from then on. */
export const acceleration = defineCapability({
  name: 'acceleration',
  controllers: [AccelerationController],
  produces: [LoanAccelerated],
  taskKinds: [decidedBy(ACCELERATION, SettleAcceleration)],
});
