import { defineCapability } from '@millrace/service';
import { doneAtOnce } from '@millrace/tasks';
import { ReviewTask } from './review-task.entity.js';
import { ALL_REVIEW_KINDS } from './review.task.js';

/** What waits for people, and for how long. */
const OPEN_REVIEW_TASKS = `select stage as label, count(*)::int as count, extract(epoch from $1::timestamptz - min(opened_at))::float8 as "oldestSeconds"
  from review_task where status = 'open' group by stage order by stage`;

/** Questions about an application that people answer. */
export const reviewTask = defineCapability({
  name: 'review-task',
  face: ['review-draft', 'review-task.entity', 'review.task', 'write-review-task'],
  entities: [ReviewTask],
  taskKinds: ALL_REVIEW_KINDS.map(doneAtOnce),
  figures: [{ name: 'review tasks', sql: OPEN_REVIEW_TASKS }],
});
