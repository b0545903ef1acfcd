import type { EventLog } from '../src/event-log.js';
import { describeAppending } from './appending.contract.js';
import { describeConsumerGroups } from './consumer-groups.contract.js';
import { describeReading } from './reading.contract.js';
import { describeRebalancing } from './rebalancing.contract.js';
import type { LogOpener } from './spawned-member.js';

/** A log under test. */
export interface EventLogHarness {
  /** Opens one more instance on the same log, as another process has it; the suite closes it. */
  connect(): Promise<EventLog>;
  /** How a process of its own opens the log. */
  readonly opener: LogOpener;
  close(): Promise<void>;
}

/**
 * What every adapter of the port must do; run by the spec of each adapter, unchanged. It makes topics of its own through the port, takes
 * offsets as ascending but not as gapless, and its time limits fit a broker that rebalances in seconds.
 */
export function describeEventLog(name: string, open: () => Promise<EventLogHarness>): void {
  describe(`EventLog contract: ${name}`, () => {
    let harness: EventLogHarness | undefined;
    const current = (): EventLogHarness => harness!;

    beforeAll(async () => {
      harness = await open();
    }, 60_000);
    afterAll(() => harness?.close(), 60_000);

    describeAppending(current);
    describeReading(current);
    describeConsumerGroups(current);
    describeRebalancing(current);
  });
}
