import { newId } from '@millrace/contracts';
import { disbursement } from '@millrace/disbursement';
import { loanApplication } from '@millrace/loan-application';
import { openPool, type ServiceDefinition } from '@millrace/service';
import { openTask } from '@millrace/tasks';
import { asOperator } from '@millrace/testing';
import { startLive } from '../../test/live-service.js';
import { orderOf } from '../../test/orders.js';
import { QuietInstallation } from '../../test/quiet-installation.js';
import { runLendctl } from '../../test/run-lendctl.js';

const DISBURSEMENT = disbursement as unknown as ServiceDefinition;

let installation: QuietInstallation;
beforeAll(async () => {
  installation = await QuietInstallation.open([DISBURSEMENT, loanApplication as unknown as ServiceDefinition]);
});
afterAll(() => installation?.close());

test('T26: one screen says what is behind, unsent, parked, held and waiting in every service, and since when', async () => {
  await installation.append(orderOf());
  const parked = `insert into parked_event (consumer, topic, partition, "offset", event_id, key, type, headers, value, reason, attempts)
    values ('disbursement', 't', 0, 1, gen_random_uuid(), 'k', 't', '{}', '', 'r', 1)`;
  await installation.sql('disbursement', parked);
  const pool = openPool({ connectionString: installation.database.urls.of('loan_application'), max: 1 }, () => undefined);
  const { kind } = loanApplication.taskKinds!.find((handled) => handled.kind.kind === 'firm-block')!;
  const opened = new Date(installation.clock.now().getTime() - 3_600_000);
  const blockId = newId();
  const service = { pool, clock: installation.clock, definition: loanApplication };
  await asOperator(service, (tx) => openTask(tx, kind, { subjectId: blockId, subject: { blockId }, facts: {} }, opened));
  await pool.end();

  const status = await installation.json('status');
  expect(status).toMatchObject({ at: '2026-03-02T01:00:00.000Z', versions: { build: '0.1.0', postgres: expect.stringMatching(/^\d+/) } });
  const of = (name: string) => status.services.find(({ service }: { service: string }) => service === name);
  expect(of('disbursement')).toMatchObject({
    lag: '1',
    held: 0,
    parked: 1,
    jobsDead: 0,
    schema: expect.stringMatching(/^\d{4}_.*\.sql$/),
    health: 'no answer',
  });
  expect(of('loan-application')).toMatchObject({ lag: '0', held: 1 });
  expect(status.waiting).toEqual([{ service: 'loan-application', what: 'held items', label: 'firm-block, open', count: 1, oldestSeconds: 3_600 }]);
  const { out } = await installation.lendctl('status');
  expect(out).toContain('1 items held (lendctl held list)');
  expect(out).toMatch(/held items\s+firm-block, open\s+loan-application\s+1\s+1 h/);
});

test('T26: a service that runs is asked for its health where its address is known', async () => {
  const running = await startLive(installation, DISBURSEMENT);
  try {
    const environment = { ...installation.environment, MILLRACE_DISBURSEMENT_URL: running.url };
    const { out } = await runLendctl({ environment, clock: installation.clock }, 'status', '--json');
    const { services } = JSON.parse(out) as { services: { service: string; health: string }[] };
    expect(services.find(({ service }) => service === 'disbursement')!.health).toBe('ready');
  } finally {
    await running.stop();
  }
});
