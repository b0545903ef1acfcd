import { defineCapability } from '@millrace/service';
import { APPLICATION_PROCESS } from './application-process.js';
import { DRAFT_PROCESS } from './draft-process.js';
import { DRAWDOWN_PROCESS } from './drawdown-process.js';
import { WarnOfCalendar } from './warn-of-calendar.js';

/** The lives of an application and of its drawdown, as tables. */
export const process = defineCapability({
  name: 'process',
  face: ['application-process', 'draft-process', 'drawdown-process', 'step-evidence'],
  providers: [WarnOfCalendar],
  processes: [DRAFT_PROCESS, APPLICATION_PROCESS, DRAWDOWN_PROCESS],
});
