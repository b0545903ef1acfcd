import { disbursement } from '@millrace/disbursement';
import { partitionOf } from '@millrace/messaging';
import type { ServiceDefinition } from '@millrace/service';
import { TestService, until } from '@millrace/testing';
import { PARTITIONS_PER_TOPIC, TOPICS } from '@millrace/contracts';
import { orderOf } from '../../test/orders.js';
import { environmentOf, QuietInstallation } from '../../test/quiet-installation.js';
import { runLendctl } from '../../test/run-lendctl.js';

const SERVICE = disbursement as unknown as ServiceDefinition;

test('a consumer that never ran is behind by all that the log holds, partition by partition; the oldest unsent event has an age', async () => {
  const installation = await QuietInstallation.open([SERVICE]);
  try {
    const order = orderOf();
    await installation.append(order);
    await installation.append(order);
    const unsent = `insert into outbox (id, aggregatetype, aggregateid, type, topic, headers, payload, created_at)
      values (gen_random_uuid(), 'application', 'a', 't', 't', '{}', '{}', now() - interval '90 seconds'), (gen_random_uuid(), 'application', 'a', 't', 't', '{}', '{}', now())`;
    await installation.sql('disbursement', unsent);
    const { consumers, outboxes } = await installation.json('lag');
    expect(consumers).toHaveLength(PARTITIONS_PER_TOPIC);
    const partition = partitionOf(order.applicationId, PARTITIONS_PER_TOPIC);
    expect(consumers.filter(({ lag }: { lag: string }) => lag !== '0')).toEqual([
      { consumer: 'disbursement', topic: TOPICS.loanApplication, partition, next: '2', committed: null, lag: '2' },
    ]);
    expect(outboxes).toEqual([{ service: 'disbursement', unsent: 2, oldestUnsentSeconds: expect.any(Number), parked: 0 }]);
    expect(outboxes[0].oldestUnsentSeconds).toBeGreaterThanOrEqual(90);
    expect((await installation.lendctl('lag')).out).toMatch(/disbursement\s+lending\.loan-application\.v1\s+12\s+2/);
  } finally {
    await installation.close();
  }
});

test('a consumer that has caught up has no lag', async () => {
  const test = await TestService.start(disbursement);
  try {
    await test.deliver(orderOf());
    const surroundings = { environment: environmentOf(test.database, [SERVICE]) };
    const read = async (): Promise<{ next: string; committed: string | null; lag: string }[]> =>
      (JSON.parse((await runLendctl(surroundings, 'lag', '--json')).out) as { consumers: [] }).consumers;
    const caughtUp = await until(async () => {
      const consumers = await read();
      return consumers.every(({ lag }) => lag === '0') ? consumers : undefined;
    }, 'the offset that is committed after the transaction');
    expect(caughtUp.filter(({ next }) => next !== '0')).toEqual([expect.objectContaining({ next: '3', committed: '3' })]);
  } finally {
    await test.stop();
  }
});
