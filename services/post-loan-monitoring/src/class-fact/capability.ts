import { ClassFactEnded, ClassFactRecorded } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { ClassFactController } from './class-fact.controller.js';
import { CLASS_FACT, CLASS_FACT_END } from './class-fact.tasks.js';
import { PlayMisused } from './play-misused.js';
import { RecordClassFact } from './record-class-fact.js';
import { SettleClassFact, SettleClassFactEnd } from './settle-class-fact.js';

/** What is known of a loan besides its money and classes it: recorded, ended, and taken into its standing. */
export const classFact = defineCapability({
  name: 'class-fact',
  face: ['store-fact'],
  controllers: [ClassFactController],
  providers: [RecordClassFact],
  produces: [ClassFactRecorded, ClassFactEnded],
  tickers: [{ intervalMs: 1_000, ticker: PlayMisused }],
  taskKinds: [decidedBy(CLASS_FACT, SettleClassFact), decidedBy(CLASS_FACT_END, SettleClassFactEnd)],
});
