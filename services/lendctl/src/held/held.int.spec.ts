import { newId } from '@millrace/contracts';
import { disbursement } from '@millrace/disbursement';
import { openPool, type ServiceDefinition } from '@millrace/service';
import { commentHash, openTask, type TaskKind } from '@millrace/tasks';
import { asOperator } from '@millrace/testing';
import type pg from 'pg';
import { QuietInstallation } from '../../test/quiet-installation.js';

// Goal: an operator sees what waits for two persons, and two of them decide it. Method: an item of a service that does not run, so that nothing is applied.
let installation: QuietInstallation;
let pool: pg.Pool;
beforeAll(async () => {
  installation = await QuietInstallation.open([disbursement as unknown as ServiceDefinition]);
  pool = openPool({ connectionString: installation.database.urls.of('disbursement'), max: 1 }, () => undefined);
});
afterAll(async () => {
  await pool.end();
  await installation.close();
});

const PAID_ON = ['--decision', 'paid-on', '--set', 'paidOn=2026-03-02', '--reason', 'BANK_STATEMENT_SEEN', '--yes'];
const PAYOUT_DATE: TaskKind = disbursement.taskKinds![0]!.kind;
const open = (payoutId = newId()): Promise<string> =>
  asOperator({ pool, clock: installation.clock, definition: disbursement }, (tx) =>
    openTask(tx, PAYOUT_DATE, { subjectId: payoutId, subject: { payoutId }, facts: { paidAtSaid: '2019-01-01T00:00:00.000Z' } }, installation.clock.now()),
  );

test('the list names what waits, show the question, the decisions and the history', async () => {
  const heldId = await open();
  expect(await installation.json('held', 'list')).toContainEqual(
    expect.objectContaining({ service: 'disbursement', heldId, kind: 'payout-date', status: 'open' }),
  );
  expect((await installation.lendctl('held', 'list', '--kind', 'payout-date')).out).toContain(heldId);
  const { out } = await installation.lendctl('held', 'show', heldId);
  for (const part of [
    'paidAtSaid',
    '2019-01-01',
    'paid-on:',
    '--set paidOn=VALUE',
    'YYYY-MM-DD',
    '--reason BANK_CONFIRMED   The bank has confirmed it in writing.',
    'open',
  ])
    expect(out).toContain(part);
});

test('one name proposes, the same name may not confirm, another one does', async () => {
  const heldId = await open();
  const first = await installation.lendctl('held', 'decide', heldId, ...PAID_ON, '--comment', 'page 3', '--by', 'olga');
  expect([first.exitCode, first.out]).toEqual([0, expect.stringContaining('It is proposed. A second person confirms it')]);
  const again = await installation.lendctl('held', 'decide', heldId, ...PAID_ON, '--by', 'OLGA');
  expect([again.exitCode, again.err]).toEqual([1, 'error: olga proposed this; a second person has to confirm it under another name\n']);
  expect(await installation.json('held', 'decide', heldId, ...PAID_ON, '--by', 'pavel')).toEqual({ heldId, status: 'confirmed' });
  expect(await installation.json('held', 'show', heldId)).toMatchObject({
    status: 'confirmed',
    proposedBy: 'olga',
    confirmedBy: 'pavel',
    comments: [{ by: 'olga', comment: 'page 3' }],
    history: [
      { action: 'OPEN' },
      { action: 'PROPOSE', by: 'olga', commentSha256: commentHash('page 3') },
      { action: 'CONFIRM', by: 'pavel', commentSha256: null },
      { action: 'DECIDE' },
    ],
  });
});

test.each([
  [['--decision', 'pay', '--reason', 'x', '--yes'], 1, 'payout-date has no decision pay; there are paid-on'],
  [['--decision', 'paid-on', '--reason', 'x', '--yes'], 1, 'the decision paid-on needs paidOn'],
  [[...PAID_ON, '--reason', 'bank statement'], 1, 'to paid-on, give one of: BANK_STATEMENT_SEEN, BANK_CONFIRMED'],
  [['--decision', 'paid-on', '--set', 'paidOn=2026-02-30', '--reason', 'x', '--yes'], 1, 'paidOn must be a day of the calendar'],
  [['--decision', 'paid-on', '--set', 'paidOn', '--reason', 'x', '--yes'], 1, 'PARAMETER=VALUE'],
  [['--decision', 'paid-on', '--set', 'paidOn=2026-03-02', '--reason', 'x'], 1, 'nothing was changed'],
])('held decide %j ends in one clear line', async (args, exitCode, message) => {
  const outcome = await installation.lendctl('held', 'decide', await open(), ...args);
  expect([outcome.exitCode, outcome.err]).toEqual([exitCode, expect.stringContaining(message)]);
});

test('an id that no service holds is said so', async () => {
  const { exitCode, err } = await installation.lendctl('held', 'show', newId());
  expect([exitCode, err]).toEqual([1, expect.stringMatching(/^error: no service holds /)]);
});
