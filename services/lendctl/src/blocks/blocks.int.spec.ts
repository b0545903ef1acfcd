import { loanApplication } from '@millrace/loan-application';
import { newId } from '@millrace/contracts';
import type { ServiceDefinition } from '@millrace/service';
import { QuietInstallation } from '../../test/quiet-installation.js';

// Goal: an operator sees which firms wait, and two names let one apply again (T63). Method: blocks of a hub that does not run, so that nothing is applied.
const [FIRM, OTHER] = ['91990100MA0TE0001X', '91990100MA0TE00029'];
let installation: QuietInstallation;
beforeAll(async () => {
  installation = await QuietInstallation.open([loanApplication as unknown as ServiceDefinition]);
});
afterAll(() => installation.close());

async function block(uscc: string, until: string, lifted: string | null = null): Promise<string> {
  const sql = `insert into firm_block (tenant_id, uscc, blocked_until, recorded_at, lifted_at) values ('t1', $1, $2, '2026-02-01', $3) returning block_id as id`;
  return (await installation.sql<{ id: string }>('loan_application', sql, [uscc, until, lifted]))[0]!.id;
}
const lift = (id: string, by: string, ...more: string[]) =>
  installation.lendctl('blocks', 'lift', id, '--reason', 'REFUSAL_EXPLAINED', '--comment', 'the device is a shop’s', '--by', by, ...more);

test('the list has what is in force, the one that ends first before the others, of all firms or of one', async () => {
  const later = await block(FIRM, '2026-09-01');
  const sooner = await block(OTHER, '2026-04-01');
  await block(FIRM, '2026-03-01');
  await block(OTHER, '2026-09-01', '2026-02-20');
  expect(await installation.json('blocks', 'list')).toEqual([
    { blockId: sooner, tenantId: 't1', uscc: OTHER, blockedUntil: new Date('2026-04-01').toISOString() },
    { blockId: later, tenantId: 't1', uscc: FIRM, blockedUntil: new Date('2026-09-01').toISOString() },
  ]);
  const { out } = await installation.lendctl('blocks', 'list', '--uscc', FIRM);
  expect(out).toContain(later);
  expect(out).not.toContain(OTHER);
  expect((await installation.lendctl('blocks', 'list', '--uscc', '91990100MA0TE00037')).out).toBe('No firm is blocked.\n');
});

test('T63: one name proposes, the same name in another spelling does not confirm, a second one does; both reasons are kept', async () => {
  const id = await block(FIRM, '2026-10-01');
  expect(await lift(id, 'olga', '--yes')).toMatchObject({ exitCode: 0, out: expect.stringContaining('It is proposed. A second person') });
  expect(await lift(id, 'Olga ', '--yes')).toMatchObject({ exitCode: 1, err: expect.stringContaining('a second person has to confirm it') });
  expect(await lift(id, 'ben', '--yes', '--json')).toMatchObject({ exitCode: 0, out: `${JSON.stringify({ blockId: id, status: 'confirmed' })}\n` });
  const steps = await installation.sql(
    'loan_application',
    `select s.action, s.by, s.reason from task_step s join task t using (task_id) where t.subject ->> 'blockId' = $1 order by step_id`,
    [id],
  );
  expect(steps).toEqual([
    { action: 'OPEN', by: 'loan_application', reason: null },
    { action: 'PROPOSE', by: 'olga', reason: 'REFUSAL_EXPLAINED' },
    { action: 'CONFIRM', by: 'ben', reason: 'REFUSAL_EXPLAINED' },
    { action: 'DECIDE', by: 'ben', reason: 'REFUSAL_EXPLAINED' },
  ]);
});

test.each([
  ['one for a reason that is none', () => block(FIRM, '2026-09-01'), ['--reason', 'a hunch', '--yes'], 1, 'to lift, give one of: REFUSAL_EXPLAINED, '],
  ['one that is over', () => block(FIRM, '2026-03-01'), ['--yes'], 1, 'in force; see lendctl blocks list'],
  ['one that was lifted', () => block(FIRM, '2026-09-01', '2026-02-20'), ['--yes'], 1, 'in force; see lendctl blocks list'],
  ['one that nobody knows', () => Promise.resolve(newId()), ['--yes'], 1, 'there is no block'],
  ['what is no id', () => Promise.resolve('x'), ['--yes'], 1, 'it is not a UUID'],
  ['one without a word of consent', () => block(FIRM, '2026-09-01'), [], 1, 'nothing was changed'],
])('%s is not lifted, and the line says why', async (_, make, args, exitCode, message) => {
  const outcome = await lift(await make(), 'olga', ...args);
  expect([outcome.exitCode, outcome.err]).toEqual([exitCode, expect.stringContaining(message)]);
});
