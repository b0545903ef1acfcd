import { TASK_EVENTS } from '@millrace/contracts';
import { COUNT_TASKS, LIST_TASKS } from '@millrace/contracts/api';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { serveRoute } from '../described/serve-route.js';
import { CountTasks, ListTasks } from './list-tasks.js';
import { OnTaskEvent, type TaskEvent } from './on-task-event.js';
import { ReadQueue } from './read-queue.js';

const TASKS_TOLD = TASK_EVENTS.map((eventClass) => consume<TaskEvent>(eventClass, OnTaskEvent));

/** The queue of the staff, made of what all services tell of their tasks. */
export const task = defineCapability({
  name: 'task',
  controllers: [serveRoute(LIST_TASKS, ListTasks), serveRoute(COUNT_TASKS, CountTasks)],
  providers: [ReadQueue, ListTasks, CountTasks],
  consumes: TASKS_TOLD,
  readModels: [{ name: 'queue', tables: ['queued_task'], applicationColumn: 'application_id', consumes: TASKS_TOLD }],
});
