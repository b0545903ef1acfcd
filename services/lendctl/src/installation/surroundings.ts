import type { Clock } from '@millrace/contracts';
import type { Environment } from '@millrace/service';

/** What the process around the command line may replace, as a test or a simulation does. */
export interface Surroundings {
  /** The process's environment where it is not given. */
  readonly environment?: Environment;
  /** The machine's clock where it is not given. */
  readonly clock?: Clock;
}
