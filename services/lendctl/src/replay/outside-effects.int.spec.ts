import { disbursement } from '@millrace/disbursement';
import { providerSandbox } from '@millrace/provider-sandbox';
import type { ServiceDefinition } from '@millrace/service';
import { PAYMENT_OFFICER, TestService, until } from '@millrace/testing';
import { orderOf } from '../../test/orders.js';
import { environmentOf } from '../../test/quiet-installation.js';
import { runLendctl } from '../../test/run-lendctl.js';

const LOANS = 5;

/** Real disbursement, paying through the real sandbox, whose own counters tell what was asked of it and what it debited. */
let sandbox: TestService;
let service: TestService;
beforeAll(async () => {
  sandbox = (await TestService.start(providerSandbox)) as unknown as TestService;
  service = (await TestService.start(disbursement, { environment: { MILLRACE_PROVIDERS_URL: sandbox.url } })) as unknown as TestService;
});
afterAll(async () => {
  await service.stop();
  await sandbox.stop();
});

const counters = async (): Promise<{ calls: { bank: number }; debits: Record<string, number> }> => (await sandbox.call('GET', '/sandbox/counters')).body;

async function payLoans(): Promise<void> {
  for (let loan = 0; loan < LOANS; loan++) {
    const order = orderOf();
    const account = { accountName: '测试企业', accountNumber: `6222020000000${loan}` };
    const payee = await service.call('PUT', `/payees/${order.applicationId}`, undefined, account);
    await service.deliver(orderOf({ ...order, payeeRecordId: payee.body.payeeRecordId as string }));
    await until(async () => {
      const { body } = await service.call('GET', `/payouts/${order.applicationId}`, PAYMENT_OFFICER);
      return body.items.at(-1)?.status === 'PAID';
    }, 'the payment');
  }
}

test('no payment is made or asked about twice: not by a replay of what was handled, not by one whose inbox was lost', async () => {
  await payLoans();
  const before = await counters();
  expect(Object.values(before.debits)).toEqual(Array.from({ length: LOANS }, () => 1));
  const surroundings = { environment: environmentOf(service.database, [disbursement as unknown as ServiceDefinition]), clock: service.clock };
  const replay = async (): Promise<unknown> =>
    JSON.parse((await runLendctl(surroundings, 'replay', '--consumer', 'disbursement', '--from', '0', '--yes', '--json')).out);

  expect(await replay()).toMatchObject({ events: LOANS * 3, new: 0, duplicates: LOANS * 3, refused: 0 });
  // As after a restore of an older inbox: only what the handler itself knows of its orders is left.
  await service.pool.query('delete from inbox');
  expect(await replay()).toMatchObject({
    events: LOANS * 3,
    new: LOANS * 2,
    duplicates: LOANS,
    refused: 0,
    rows: { inbox: { inserted: LOANS * 2, updated: 0, deleted: 0 } },
  });
  await until(async () => (await service.pool.query('select 1 from _private_jobs')).rowCount === 0, 'the end of all jobs');
  expect(await counters()).toEqual(before);
});
