import { MESSAGING_MIGRATIONS } from '@millrace/messaging';
import { TASK_MIGRATIONS } from '@millrace/tasks';

/** Folders of a service's migrations, in the order in which they are applied: what all services have, then its own. */
export function migrationFolders(own: URL): readonly URL[] {
  return [MESSAGING_MIGRATIONS, TASK_MIGRATIONS, own];
}
