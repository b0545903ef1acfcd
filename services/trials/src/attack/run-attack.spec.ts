import type { AttackOutcome, AttackTarget } from './attack.js';
import { judge } from './judge.js';
import { otherWaitOf, type OtherWait } from './other-wait.js';
import { lineOf, playOut, refuseFarTargets } from './run-attack.js';

test('attacks are played against this machine only', () => {
  expect(() => refuseFarTargets('http://127.0.0.1:8080', 'http://localhost:8090', 'http://[::1]:1')).not.toThrow();
  for (const url of ['http://example.org', 'http://10.0.0.1:8080', 'http://127.0.0.1.example.org'])
    expect(() => refuseFarTargets('http://127.0.0.1:8080', url)).toThrow('loopback addresses only');
});

test('a line says what came back, how others waited, and whether it held', () => {
  const outcome = {
    id: 'SEC-4',
    what: '30 acceptances at once',
    statuses: { 200: 1, 409: 29 },
    answerBytes: 900,
    other: { aloneMs: 20.4, besideMs: 25.5, ratio: 1.25, felt: 1.25, unrest: 1 },
    verdict: 'broken' as const,
    remark: 'why',
  };
  expect(lineOf(outcome)).toMatch(/^SEC-4 +30 acceptances at once +200 409×29 +900 B +other 20 → 26 ms, 1\.3× +.*BROKEN.* \(why\)$/);
  expect(lineOf({ ...outcome, verdict: 'not played' })).toMatch(/not played.* \(why\)$/);
});

const answer = (status: number) => ({ status, bytes: 10, text: '', body: undefined, headers: {}, ms: 1 });

test('an attack is held by its answers, and by the wait of somebody else', () => {
  const judged = (other: Partial<OtherWait>) =>
    judge('SEC-4', 'a burst', [answer(409)], ({ status }) => status === 409, { aloneMs: 25, besideMs: 60, ratio: 2.4, felt: 2.4, unrest: 1.2, ...other });
  expect(judged({ felt: 2 })).toMatchObject({ verdict: 'held' });
  expect(judged({})).toMatchObject({ verdict: 'broken', remark: 'somebody else waited 60 ms instead of 25 ms' });
  expect(judged({ unrest: 2.5 })).toMatchObject({ verdict: 'held', remark: 'the machine is too busy to judge the wait: alone it differs 2.5 times' });
  expect([judged({ unrest: 9, besideMs: 2_100 }), judged({ unrest: 9, besideMs: Infinity })].map(({ verdict }) => verdict)).toEqual(['broken', 'broken']);
  expect(judge('SEC-4', 'a burst', [answer(409), answer(504)], ({ status }) => status === 409)).toMatchObject({
    verdict: 'broken',
    remark: '504',
    statuses: { 409: 1, 504: 1 },
  });
});

test('waits are medians of rounds, tiny ones are judged as 20 ms, and one bad round alone is unrest', () => {
  const rounds = (...waits: number[]) => waits.map((wait) => [1, wait, 2]);
  expect(otherWaitOf(rounds(3, 5, 4), rounds(39, 8, 30))).toEqual({ aloneMs: 4, besideMs: 30, ratio: 7.5, felt: 1.5, unrest: 1 });
  expect(otherWaitOf(rounds(30, 90, 20), rounds(60, 61, 400))).toEqual({ aloneMs: 30, besideMs: 61, ratio: 61 / 30, felt: 61 / 30, unrest: 4.5 });
});

test('a group that stumbles counts as not played, and what it had shown before stays', async () => {
  const stumbling = async function* (): AsyncGenerator<AttackOutcome> {
    yield judge('SEC-4', 'first', [answer(200)], () => true);
    await Promise.reject(new Error('no firm'));
  };
  const outcomes: AttackOutcome[] = [];
  for await (const outcome of playOut('SEC-4', stumbling, {} as AttackTarget)) outcomes.push(outcome);
  expect(outcomes.map(({ verdict, remark }) => [verdict, remark])).toEqual([
    ['held', undefined],
    ['not played', 'no firm'],
  ]);
});
