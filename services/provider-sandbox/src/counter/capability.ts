import { defineCapability } from '@millrace/service';
import { CounterController } from './counter.controller.js';

/** How often each party was asked, and what was paid, for tests. */
export const counter = defineCapability({
  name: 'counter',
  controllers: [CounterController],
});
