import { LoanClosed, newId } from '@millrace/contracts';
import { disbursement } from '@millrace/disbursement';
import type { ServiceDefinition } from '@millrace/service';
import { orderOf, payableOrder } from '../../test/orders.js';
import { QuietInstallation } from '../../test/quiet-installation.js';

/** A service that is broken by taking a table away, and mended by giving it back, as a bad deployment and its fix would. */
let installation: QuietInstallation;
beforeAll(async () => {
  installation = await QuietInstallation.open([disbursement as unknown as ServiceDefinition]);
});
afterAll(() => installation.close());

const OF_DISBURSEMENT = ['--consumer', 'disbursement'];
const takeAway = (): Promise<unknown> => installation.sql('disbursement', 'alter table facility rename to facility_away');
const giveBack = (): Promise<unknown> => installation.sql('disbursement', 'alter table facility_away rename to facility');

/** Two events of one key that the broken service parks: the order, and the loan's end behind it. */
async function park(): Promise<{ key: string; loanId: string }> {
  const { applicationId, loanId, ...order } = await payableOrder(installation);
  await installation.append(orderOf({ ...order, applicationId, loanId }));
  await installation.append(new LoanClosed({ applicationId, loanId }));
  await takeAway();
  await installation.lendctl('replay', ...OF_DISBURSEMENT, '--from', '0', '--yes', '--application', applicationId);
  await giveBack();
  return { key: applicationId, loanId };
}

test('the list shows first what stops a key, then what waits behind it; show gives the payload and the reason', async () => {
  const { key, loanId } = await park();
  const [first, second] = await installation.json('parked', 'list', '--key', key);
  expect([first, second]).toMatchObject([
    { consumer: 'disbursement', key, status: 'parked', attempts: 1, reason: expect.stringMatching(/relation "facility" does not exist/) },
    { key, status: 'parked', attempts: 0, reason: 'waits behind a parked event of its key' },
  ]);
  expect(first.value).toBeUndefined();
  expect(await installation.json('parked', 'show', first.id, ...OF_DISBURSEMENT)).toMatchObject({ id: first.id, payload: { applicationId: key, loanId } });
  const { out } = await installation.lendctl('parked', 'show', first.id, ...OF_DISBURSEMENT);
  expect(out).toContain('relation "facility" does not exist');
  expect((await installation.lendctl('parked', 'list')).out).toContain(key);
});

test('a retry that fails stops at the first event, in one line; after the fix it drains the key in order and says who did it', async () => {
  const { key, loanId } = await park();
  const retry = ['parked', 'retry', ...OF_DISBURSEMENT, '--key', key, '--yes', '--by', 'olga'];
  await takeAway();
  const failed = await installation.lendctl(...retry);
  await giveBack();
  expect(failed.exitCode).toBe(1);
  expect(failed.err).toMatch(/^error: event \d+ failed again: error: relation "facility" does not exist\n$/);
  expect(await installation.json('parked', 'list', '--key', key)).toHaveLength(2);

  expect(await installation.json(...retry)).toEqual({ consumer: 'disbursement', retried: 2 });
  expect(await installation.json('parked', 'list', '--key', key)).toEqual([]);
  const retried = await installation.json('parked', 'list', '--key', key, '--status', 'retried');
  expect(retried.map((event: { changedBy: string }) => event.changedBy)).toEqual(['olga', 'olga']);
  // In order: the limit was opened by the order before the loan's end was looked at.
  expect(await installation.sql('disbursement', 'select status from payout where loan_id = $1', [loanId])).toEqual([{ status: 'RESERVED' }]);
});

test('a discarded event is gone for good, and what waits behind it can be retried', async () => {
  const { key, loanId } = await park();
  const [first] = await installation.json('parked', 'list', '--key', key);
  const discard = ['parked', 'discard', first.id, ...OF_DISBURSEMENT, '--yes', '--by', 'pavel'];
  expect(await installation.json(...discard)).toEqual({ consumer: 'disbursement', discarded: first.id, waiting: 1 });
  expect(await installation.json('parked', 'retry', ...OF_DISBURSEMENT, '--key', key, '--yes')).toMatchObject({ retried: 1 });
  expect(await installation.sql('disbursement', 'select 1 from payout where loan_id = $1', [loanId])).toEqual([]);
  const again = await installation.lendctl(...discard);
  expect([again.exitCode, again.err]).toEqual([1, expect.stringMatching(new RegExp(`^error: event ${first.id} was discarded by pavel on `))]);
});

test.each([
  [['retry', ...OF_DISBURSEMENT, '--key', newId(), '--yes'], 1, /^error: disbursement has no parked event of /],
  [['retry', ...OF_DISBURSEMENT], 2, /^error: say --key KEY, --id ID or --all/],
  [['retry', ...OF_DISBURSEMENT, '--failed-at', 'abc', '--key', 'x'], 1, /cannot be used with/],
  [['retry', ...OF_DISBURSEMENT, '--failed-at', 'abc'], 2, /^error: --failed-at needs --all/],
  [['retry', ...OF_DISBURSEMENT, '--all', '--failed-at', 'nowhere', '--yes'], 1, /has no parked event that failed at nowhere/],
  [['show', '999999', ...OF_DISBURSEMENT], 1, /^error: disbursement has no parked event 999999; see lendctl parked list/],
  [['discard', 'all', ...OF_DISBURSEMENT], 1, /is not the number of a parked event/],
])('parked %j ends in one clear line', async (args, exitCode, message) => {
  const outcome = await installation.lendctl('parked', ...args);
  expect(outcome.exitCode).toBe(exitCode);
  expect(outcome.err).toMatch(message);
});

test('D3, T33: all keys that failed at one place are retried with one command, in order, and who did it is on record', async () => {
  await installation.lendctl('parked', 'retry', ...OF_DISBURSEMENT, '--all', '--yes');
  const [one, other] = [await park(), await park()];
  const [first] = await installation.json('parked', 'list', '--key', one.key);
  const retry = ['parked', 'retry', ...OF_DISBURSEMENT, '--all', '--failed-at', first.stackHash, '--yes', '--by', 'olga'];
  expect(await installation.json(...retry)).toMatchObject({ keys: 2, retried: 4, stopped: [], givenUp: false });
  for (const { key, loanId } of [one, other]) {
    expect(await installation.json('parked', 'list', '--key', key)).toEqual([]);
    expect(await installation.sql('disbursement', 'select status from payout where loan_id = $1', [loanId])).toEqual([{ status: 'RESERVED' }]);
  }
  const trail = await installation.sql(
    'disbursement',
    `select performed_by, parameters from operator_action where command = 'parked retry' and parameters ? 'failedAt'`,
  );
  expect(trail).toEqual([{ performed_by: 'olga', parameters: { consumer: 'disbursement', all: true, failedAt: first.stackHash } }]);
});

test('D3: where the reason is still there, a retry of all stops and says so', async () => {
  await park();
  await park();
  await takeAway();
  const outcome = await installation.lendctl('parked', 'retry', ...OF_DISBURSEMENT, '--all', '--yes');
  await giveBack();
  expect(outcome.exitCode).toBe(1);
  expect(outcome.err).toMatch(/the reason is still there \(.*facility/);
  expect(await installation.json('parked', 'retry', ...OF_DISBURSEMENT, '--all', '--yes')).toMatchObject({ stopped: [] });
});

test('nothing is changed without a yes', async () => {
  const { key } = await park();
  const outcome = await installation.lendctl('parked', 'retry', ...OF_DISBURSEMENT, '--key', key);
  expect([outcome.exitCode, outcome.err]).toEqual([1, expect.stringContaining('nothing was changed')]);
  expect(await installation.json('parked', 'list', '--key', key)).toHaveLength(2);
});
