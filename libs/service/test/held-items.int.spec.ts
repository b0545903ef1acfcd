import { newId } from '@millrace/contracts';
import { TestService, until } from '@millrace/testing';
import { decideHeldItem, findHeldItem, listHeldItems, openHeldItem, stepsOfHeldItem, type HeldSaying } from '../src/held-items.js';
import { holding, QUESTION } from './holding-service.js';

// Goal: what two persons must decide is decided by two, applied once, and its history cannot be changed. Method: one real service with one kind.
let service: TestService;
beforeAll(async () => {
  service = await TestService.start(holding as never);
});
afterAll(() => service.stop());

const PAID_ON: HeldSaying = { decision: 'paid-on', parameters: { paidOn: '2026-03-02' }, reason: 'bank statement', by: 'Li Na' };
const now = (): Date => service.clock.now();

async function open(): Promise<{ applicationId: string; heldId: string }> {
  const applicationId = newId();
  return { applicationId, heldId: await openHeldItem(service.pool, { kind: QUESTION.kind, subject: { applicationId }, facts: { said: '2019-01-01' } }, now()) };
}
const say = (heldId: string, saying: Partial<HeldSaying> = {}): Promise<'proposed' | 'confirmed'> =>
  decideHeldItem(service.pool, QUESTION, heldId, { ...PAID_ON, ...saying }, now());
const status = async (heldId: string): Promise<string> => (await findHeldItem(service.pool, heldId))!.status;
const applied = (heldId: string): Promise<unknown> => until(async () => (await status(heldId)) === 'applied', 'the decision to be applied');

test('two names decide, the service applies it once, and the history tells all of it', async () => {
  const { applicationId, heldId } = await open();
  expect(await say(heldId)).toBe('proposed');
  expect(await service.events(applicationId)).toEqual([]);
  expect(await say(heldId, { by: 'Wang Wei', reason: 'seen too' })).toBe('confirmed');
  await applied(heldId);
  expect(await service.eventTypes(applicationId)).toHaveLength(1);
  const steps = await stepsOfHeldItem(service.pool, heldId);
  expect(steps.map(({ action, by }) => [action, by])).toEqual([
    ['OPEN', 'holding'],
    ['PROPOSE', 'Li Na'],
    ['CONFIRM', 'Wang Wei'],
    ['APPLY', 'holding'],
  ]);
  await expect(say(heldId, { by: 'Zhao Min' })).rejects.toThrow('was proposed by Li Na and confirmed by Wang Wei already');
});

test.each(['Li Na', 'LI NA', ' li  na ', 'Ｌｉ Ｎａ', 'Li\u200b Na'])('%p is the same person as Li Na and confirms nothing', async (by) => {
  const { heldId } = await open();
  await say(heldId);
  await expect(say(heldId, { by })).rejects.toThrow('a second person has to confirm it under another name');
  expect(await status(heldId)).toBe('proposed');
});

test('a different decision replaces the proposal and needs a second person itself', async () => {
  const { applicationId, heldId } = await open();
  await say(heldId);
  expect(await say(heldId, { by: 'Wang Wei', parameters: { paidOn: '2026-03-01' } })).toBe('proposed');
  await expect(say(heldId, { by: 'Wang Wei', parameters: { paidOn: '2026-03-01' } })).rejects.toThrow('a second person');
  expect(await say(heldId, { by: 'Li Na', decision: 'refuse', parameters: {} })).toBe('proposed');
  expect(await say(heldId, { by: 'Wang Wei', decision: 'refuse', parameters: {} })).toBe('confirmed');
  await applied(heldId);
  expect(await service.events(applicationId)).toEqual([]);
});

test('a decision that cannot be done opens the item again, with the reason', async () => {
  const { heldId } = await open();
  const parameters = { paidOn: '2026-01-01' };
  await say(heldId, { parameters });
  await say(heldId, { parameters, by: 'Wang Wei' });
  await until(async () => (await status(heldId)) === 'open', 'the item to be open again');
  expect(await stepsOfHeldItem(service.pool, heldId)).toContainEqual(
    expect.objectContaining({ action: 'SEND_BACK', reason: 'a holiday is no day of payment' }),
  );
  expect(await findHeldItem(service.pool, heldId)).toMatchObject({ decision: null, proposedBy: null, confirmedBy: null });
});

test.each([
  [{ decision: 'pay' }, 'test-question has no decision pay; there are paid-on, refuse'],
  [{ parameters: {} }, 'the decision paid-on needs paidOn: a day of the calendar, YYYY-MM-DD'],
  [{ parameters: { paidOn: '2026-02-30' } }, 'paidOn must be a day of the calendar'],
  [{ parameters: { paidOn: '2026-3-2' } }, 'paidOn must be a day of the calendar'],
  [{ parameters: { paidOn: '2026-03-02', loan: 'x' } }, 'has no parameter loan'],
  [{ reason: ' ' }, 'needs a reason'],
  [{ by: '\u200b' }, 'needs the name'],
])('%j is refused in one sentence and changes nothing', async (saying, message) => {
  const { heldId } = await open();
  await expect(say(heldId, saying)).rejects.toThrow(message);
  expect(await status(heldId)).toBe('open');
});

test('the same question is open once, and may be asked again when it is settled', async () => {
  const question = { kind: QUESTION.kind, subject: { applicationId: newId() }, facts: {} };
  const ids = await Promise.all(Array.from({ length: 6 }, () => openHeldItem(service.pool, question, now())));
  expect(new Set(ids).size).toBe(1);
  await say(ids[0]!, { decision: 'refuse', parameters: {} });
  await say(ids[0]!, { decision: 'refuse', parameters: {}, by: 'Wang Wei' });
  await applied(ids[0]!);
  expect(await openHeldItem(service.pool, question, now())).not.toBe(ids[0]);
});

test('thirty persons at once: one proposes, one confirms, it is applied once', async () => {
  const { applicationId, heldId } = await open();
  const context = { actor: { kind: 'system', id: 'test' }, causationId: heldId } as const;
  const { TransactionRunner } = await import('@millrace/messaging');
  const runner = new TransactionRunner({ pool: service.pool, source: 'test', clock: service.clock });
  const sayings = Array.from({ length: 30 }, (_, n) =>
    runner.run(context, (tx) => decideHeldItem(tx, QUESTION, heldId, { ...PAID_ON, by: `person ${n}` }, now())).catch(() => 'refused'),
  );
  const outcomes = await Promise.all(sayings);
  expect([outcomes.filter((said) => said === 'proposed').length, outcomes.filter((said) => said === 'confirmed').length]).toEqual([1, 1]);
  await applied(heldId);
  expect(await service.eventTypes(applicationId)).toHaveLength(1);
});

test('the database itself refuses one person twice, and a change of the history', async () => {
  const { heldId } = await open();
  await say(heldId);
  const twice = `update held_item set status = 'confirmed', confirmed_by = 'Li Na', confirmer_key = proposer_key, confirmed_at = now() where held_id = $1`;
  await expect(service.pool.query(twice, [heldId])).rejects.toThrow(/check constraint/);
  await expect(service.pool.query('delete from held_item_step where held_id = $1', [heldId])).rejects.toThrow('permission denied');
  await expect(service.pool.query(`update held_item_step set by = 'nobody' where held_id = $1`, [heldId])).rejects.toThrow('permission denied');
});

test('what waits is told by kind, 0 before the first', async () => {
  const metrics = await (await fetch(`${service.operationsUrl}/metrics`)).text();
  const waiting = (await listHeldItems(service.pool, { limit: 1_000 })).length;
  expect(metrics).toContain(`millrace_held_items{kind="test-question",service="holding"} ${waiting}`);
});
