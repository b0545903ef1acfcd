import { describeAnswer, type AnswerOf } from './field.js';
import { EVIDENCE } from './evidence.api.js';
import { choice, id, instant, object, sha256, text, whole } from './fields.js';
import { ACTOR } from './reason.api.js';
import { describeRoute } from './route.js';

export const HISTORY_ROW = describeAnswer('HistoryRow', 'right:history', 'One sealed step of the process (R-OP-09).', {
  applicationId: id('Id of the application.'),
  seq: whole(1, 1_000_000, 'Place of the step, 1 for the first.', 1),
  trigger: text(60, 'Trigger of the process, or what was noted beside it.', 'Submitted'),
  effect: choice(
    {
      moved: 'It changed the status.',
      recorded: 'It changed something else.',
      ignored: 'It came too late and changed nothing.',
      noted: 'It happened beside the process.',
    },
    'What came of it.',
  ),
  statusFrom: text(40, 'Status before; `NEW` before there was an application.', 'NEW'),
  statusTo: text(40, 'Status after.', 'CHECKING'),
  actor: object(ACTOR, 'Who or what acted.'),
  reason: text(100, 'Code that says why.', 'APPLICATION_SUBMITTED'),
  evidence: object(EVIDENCE, 'What the step rests on; which parts there are depends on its trigger.'),
  causationId: text(64, 'Event or request that caused it.', '019cac3d-9a80-7000-8000-5a3c1d2e4f60'),
  at: instant('When it happened.'),
  prevSha256: sha256('Seal of the step before.'),
  rowSha256: sha256('Seal of this step: it covers the one before.'),
});
export type HistoryRowAnswer = AnswerOf<typeof HISTORY_ROW>;

export const HISTORY = describeAnswer('History', 'right:history', 'Every step of an application.', {
  items: object(HISTORY_ROW, 'Oldest first.').list(10_000),
  firstBrokenRow: whole(1, 1_000_000, 'The first row whose seal does not hold; null where all hold.', 3).nullable(),
});

export type HistoryAnswer = AnswerOf<typeof HISTORY>;

export const SHOW_HISTORY = describeRoute({
  name: 'applicationFile_history',
  method: 'GET',
  path: '/v1/loan-applications/:applicationId/history',
  owner: { service: 'loan-application', path: '/loan-applications/:applicationId/history' },
  tag: 'Staff',
  summary: 'Every step of the process, sealed; says whether the seals hold',
  answers: { 200: { meaning: 'The history.', body: HISTORY } },
});
