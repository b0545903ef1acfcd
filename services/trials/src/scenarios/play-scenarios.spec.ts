import { Check, NotAsTold } from './check.js';
import { parentResult, type ScenarioResult, type ScenarioStatus } from './play-scenarios.js';

const part = (id: string, status: ScenarioStatus): ScenarioResult => ({ id, title: id, status, assertions: 2, seconds: 1.5 });

test.each<[ScenarioStatus, ScenarioResult[]]>([
  ['partial', [part('S10.a', 'passed'), part('S10.b', 'not-built'), part('S10.c', 'passed')]],
  // A part that was not asked for is no proof of the whole.
  ['partial', [part('S10.a', 'passed')]],
  ['failed', [part('S10.a', 'passed'), part('S10.b', 'not-built'), part('S10.c', 'failed')]],
  ['not-built', [part('S10.b', 'not-built')]],
  ['passed', [part('S10.a', 'passed'), part('S10.b', 'passed'), part('S10.c', 'passed')]],
])('a scenario with parts is %s', (status, parts) => {
  expect(parentResult('S10', parts)).toMatchObject({ id: 'S10', status, assertions: 2 * parts.length, seconds: 1.5 * parts.length });
});

describe('a check', () => {
  it('counts what was held, and says what was told and what was seen', () => {
    const check = new Check();
    check.equal('the rate', 635, 635);
    check.holds('the codes', ['A', 'B'], ['B', 'A']);
    expect(check.count).toBe(3);
    expect(() => check.equal('the rate', 640, 635)).toThrow(new NotAsTold('not so: the rate is 635; seen was 640'));
    expect(() => check.holds('the codes', ['A'], ['B'])).toThrow(/the codes hold "B"/);
    expect(() => check.that('there is a score', false)).toThrow(NotAsTold);
    expect(check.count).toBe(6);
  });
});
