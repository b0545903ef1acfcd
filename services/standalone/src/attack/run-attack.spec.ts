import { lineOf, refuseFarTargets } from './run-attack.js';

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
    held: false,
    remark: 'why',
  };
  expect(lineOf(outcome)).toMatch(/^SEC-4 +30 acceptances at once +200 409×29 +900 B +other 1\.3× +.*BROKEN.* \(why\)$/);
});
