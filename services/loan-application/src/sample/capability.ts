import { defineCapability } from '@millrace/service';
import { doneAtOnce } from '@millrace/tasks';
import { EngineSample } from './engine-sample.js';
import { ENGINE_SAMPLE } from './engine-sample.task.js';
import { SampleController } from './sample.controller.js';

/** Approvals of the engine that a person looks at afterwards, and what comes of it. */
export const sample = defineCapability({
  name: 'sample',
  face: ['draw-sample'],
  controllers: [SampleController],
  providers: [EngineSample],
  taskKinds: [doneAtOnce(ENGINE_SAMPLE)],
});
