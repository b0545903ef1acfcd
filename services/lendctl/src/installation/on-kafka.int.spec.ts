import { gateway } from '@millrace/gateway';
import type { ServiceDefinition } from '@millrace/service';
import { startTestKafka } from '@millrace/testing';
import { QuietInstallation } from '../../test/quiet-installation.js';
import { appendStory } from '../../test/timeline-events.js';

const STORIES = 20;
const TIMEOUT_MS = 120_000;

// What the commands do is tested on PostgreSQL; here, that they know nothing of the log but its port.
const kafka = await startTestKafka();
afterAll(() => kafka?.stop());

const onKafka = kafka ? test : test.skip;

onKafka(
  'on Apache Kafka a story is told, events are replayed once, lag is counted, and a read model is rebuilt to the same bytes',
  async () => {
    const installation = await QuietInstallation.open([gateway as unknown as ServiceDefinition], kafka!.address);
    try {
      const stories = [];
      for (let made = 0; made < STORIES; made++) stories.push(await appendStory(installation));
      const { applicationId, loanId } = stories[7]!;
      const { events, tree } = await installation.json('events', '--loan', loanId);
      expect(events.map(({ payload }: { payload: object }) => payload)).toMatchObject([{ applicationId }, { applicationId }, { applicationId, loanId }]);
      expect(tree[0].led).toHaveLength(1);

      // A broker that is given from outside may hold events of others, which are new to this database too.
      const { consumers } = await installation.json('lag');
      expect(consumers.reduce((sum: number, { lag }: { lag: string }) => sum + Number(lag), 0)).toBeGreaterThanOrEqual(STORIES * 3);
      const replay = ['replay', '--consumer', 'gateway', '--from', '0', '--yes'];
      const { new: fresh } = await installation.json(...replay);
      expect(fresh).toBeGreaterThanOrEqual(STORIES * 3);
      expect(await installation.json(...replay)).toMatchObject({ new: 0, duplicates: fresh, refused: 0, rows: {} });
      expect(await installation.json('rebuild', '--model', 'timeline', '--dry-run')).toMatchObject({ equal: true });
    } finally {
      await installation.close();
    }
  },
  TIMEOUT_MS,
);
