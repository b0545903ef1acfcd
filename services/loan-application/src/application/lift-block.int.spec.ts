import { KycRejected, newId } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { decideHeldItem, openHeldItem } from '@millrace/service';
import { PARTNER, until, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { startHub, submit } from '../../test/hub.js';
import { submission } from '../../test/submission.js';
import { FIRM_BLOCK_KIND } from './lift-block.js';

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
  const say = (by: string) =>
    hub.service.app.get(TransactionRunner, { strict: false }).run({ actor: { kind: 'system', id: 'lendctl' }, causationId: newId() }, async (tx) => {
      const now = hub.clock.now();
      const heldId = await openHeldItem(tx, { kind: FIRM_BLOCK_KIND.kind, subject: { blockId: rows[0]!.block_id }, facts: {} }, now);
      return decideHeldItem(tx, FIRM_BLOCK_KIND, heldId, { decision: 'lift', parameters: {}, reason: 'the device is a shop’s', by }, now);
    });
  expect(await say('olga')).toBe('proposed');
  await expect(say('OLGA ')).rejects.toThrow('second person');
  expect(await apply()).toBe(409);
  expect(await say('ben')).toBe('confirmed');
  await until(async () => (await apply()) === 201, 'the block to be lifted');
});
