import type { AttackOutcome, AttackTarget } from './attack.js';
import { judge } from './judge.js';
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
    otherWaitRatio: 1.25,
    verdict: 'broken' as const,
    remark: 'why',
  };
  expect(lineOf(outcome)).toMatch(/^SEC-4 +30 acceptances at once +200 409×29 +900 B +other 1\.3× +.*BROKEN.* \(why\)$/);
  expect(lineOf({ ...outcome, verdict: 'not played' })).toMatch(/not played.* \(why\)$/);
});

const answer = (status: number) => ({ status, bytes: 10, text: '', body: undefined, headers: {}, ms: 1 });

test('an attack is held by its answers, and by the wait of somebody else', () => {
  const verdict = (waitMs: number, ratio: number) => judge('SEC-4', 'a burst', [answer(409)], ({ status }) => status === 409, { waitMs, ratio }).verdict;
  expect([verdict(2_100, 1.9), verdict(1_900, 9), verdict(2_100, 2.1), verdict(Infinity, Infinity)]).toEqual(['held', 'held', 'broken', 'broken']);
  expect(judge('SEC-4', 'a burst', [answer(409), answer(504)], ({ status }) => status === 409)).toMatchObject({
    verdict: 'broken',
    remark: '504',
    statuses: { 409: 1, 504: 1 },
  });
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
