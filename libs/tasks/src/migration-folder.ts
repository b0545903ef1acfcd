/** Tables of tasks, for every service's schema; applied behind those of messaging and before the service's own. */
export const TASK_MIGRATIONS = new URL('../migrations', import.meta.url);
