export * from './assign-task.js';
export * from './check-kinds.js';
export * from './comment-hash.js';
export * from './decide-task.js';
export * from './end-task.js';
export * from './independence-policy.js';
export * from './minutes.js';
export { TASK_MIGRATIONS } from './migration-folder.js';
export * from './open-task.js';
export { meaningOf, type ParameterType } from './parameter-type.js';
export {
  decidedTasks,
  findTask,
  isCast,
  isConflicted,
  listTasks,
  lockTask,
  stepsOf,
  votesOf,
  type Statements,
  type TaskFilter,
  type TaskStep,
  type TaskVote,
} from './read-tasks.js';
export * from './task.entity.js';
export * from './task-kind.js';
export * from './task-refused.js';
export * from './vote-policy.js';
