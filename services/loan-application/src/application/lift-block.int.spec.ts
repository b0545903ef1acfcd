import { KycRejected, newId } from '@millrace/contracts';
import { proposeCommand } from '@millrace/tasks';
import { asOperator, PARTNER, until, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { startHub, submit } from '../../test/hub.js';
import { submission } from '../../test/submission.js';
import { FIRM_BLOCK } from './firm-block.task.js';

const esign = new EsignDouble();
let hub: TestService;

beforeAll(async () => {
  hub = await startHub(await esign.start());
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

test('T63: two names lift a block, with their reason; one name alone does not', async () => {
  const { company } = submission();
  const applicationId = await submit(hub, { company });
  await hub.deliver(new KycRejected({ applicationId, fraudScore: 700, findings: [{ code: 'DEVICE_RING', severity: 'red' }], facts: null }));
  const apply = async () => (await hub.call('PUT', `/loan-applications/${newId()}`, PARTNER, submission({ company }))).status;
  expect(await apply()).toBe(409);

  const { rows } = await hub.pool.query<{ block_id: string }>('select block_id from firm_block where uscc = $1', [company.uscc]);
  const say = (name: string) =>
    asOperator(hub, async (tx) => {
      const { block_id: blockId } = rows[0]!;
      const command = {
        decision: 'lift',
        parameters: {},
        reason: 'REFUSAL_EXPLAINED',
        comment: 'the device is a shop’s',
        by: { name, roles: 'operator' },
      } as const;
      return (await proposeCommand(tx, FIRM_BLOCK, { subjectId: blockId, subject: { blockId }, facts: {} }, command, hub.clock.now())).kind;
    });
  expect(await say('olga')).toBe('waiting');
  await expect(say('OLGA ')).rejects.toThrow('second person');
  expect(await apply()).toBe(409);
  expect(await say('ben')).toBe('decided');
  await until(async () => (await apply()) === 201, 'the block to be lifted');
});
