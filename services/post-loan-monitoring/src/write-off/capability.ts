import { LoanWrittenOff } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { SettleWriteOff } from './settle-write-off.js';
import { WriteOffController } from './write-off.controller.js';
import { WRITE_OFF } from './write-off.task.js';

/** The loan leaves the books and the claim stays: asked for, decided by a committee, and booked against what was set aside. */
export const writeOff = defineCapability({
  name: 'write-off',
  face: ['write-off.task'],
  controllers: [WriteOffController],
  produces: [LoanWrittenOff],
  taskKinds: [decidedBy(WRITE_OFF, SettleWriteOff)],
});
