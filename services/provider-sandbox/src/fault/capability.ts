import { defineCapability } from '@millrace/service';
import { FaultController } from './fault.controller.js';
import { Faults } from './faults.js';

/** Faults that a test switches on. */
export const fault = defineCapability({
  name: 'fault',
  face: ['fault.dto', 'fault.interceptor', 'faults'],
  controllers: [FaultController],
  providers: [Faults],
});
