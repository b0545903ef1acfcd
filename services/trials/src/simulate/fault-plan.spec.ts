import { FaultPlan, type Choice, type Decision, type Fault } from './fault-plan.js';

const CHOICES: readonly Choice[] = (['send', 'deliver', 'job', 'tick', 'act'] as const).flatMap((kind) => [
  { kind, label: `${kind} a` },
  { kind, label: `${kind} b` },
]);

function decisions(plan: FaultPlan, count: number): Decision[] {
  return Array.from({ length: count }, (_, step) => plan.next(CHOICES.slice(0, 1 + (step % CHOICES.length))));
}

/** All faults of a plan that meets steps of every kind. */
function faultsOf(plan: FaultPlan): Fault[] {
  return Array.from({ length: 20_000 }, () => plan.next(CHOICES).fault).filter((fault) => fault !== undefined);
}

test('the same seed makes the same decisions, another seed others', () => {
  const [first, again, other] = [7, 7, 8].map((seed) => JSON.stringify(decisions(new FaultPlan(seed, 12), 500)));
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test('the draws are those of every platform', () => {
  const plan = new FaultPlan(7, 0);
  expect(Array.from({ length: 5 }, () => plan.next(CHOICES).index)).toEqual([0, 4, 2, 4, 5]);
});

test.each([1_149_537_389, 227_655_211, 1, 2, 3])('the number of faults of each kind is planned, whatever the seed (%d)', (seed) => {
  const plan = new FaultPlan(seed, 12);
  const counts = Map.groupBy(faultsOf(plan), ({ kind }) => kind);
  expect(Object.fromEntries([...counts].map(([kind, faults]) => [kind, faults.length]))).toEqual({
    crash: 15,
    'crash-before-offset': 8,
    duplicate: 8,
    reorder: 4,
    delay: 8,
    provider: 10,
    'repeat-request': 3,
    restart: 3,
    'clock-jump': 3,
  });
  expect(plan.count).toBe(62);
});

test('providers fail in every way, crashes come on both sides of a statement, and a decision is always one of the choices', () => {
  const faults = faultsOf(new FaultPlan(1, 100));
  const failures = new Set(faults.flatMap((fault) => (fault.kind === 'provider' ? [fault.failure] : [])));
  expect([...failures].sort()).toEqual(['error', 'late_callback', 'outage', 'timeout_after_success']);
  expect(new Set(faults.flatMap((fault) => (fault.kind === 'crash' ? [fault.point.side] : []))).size).toBe(2);
  for (const { index } of decisions(new FaultPlan(1, 100), 500)) expect(CHOICES[index]).toBeDefined();
});

test('only the bank settles late, and a fault strikes only a step that can meet it', () => {
  const job: readonly Choice[] = [{ kind: 'job', label: 'job' }];
  const plan = new FaultPlan(3, 100);
  const faults = Array.from({ length: 5_000 }, () => plan.next(job).fault).filter((fault) => fault !== undefined);
  expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(['crash', 'provider']));
  const late = faults.filter((fault) => fault.kind === 'provider' && fault.failure === 'late_callback');
  expect(late.length).toBeGreaterThan(0);
  expect(late.every((fault) => fault.kind === 'provider' && fault.provider === 'bank')).toBe(true);
});

test('a fault that could not happen comes again: a crash at the first statement, a reordering at last as a repetition', () => {
  const plan = new FaultPlan(5, 1);
  const deliver: readonly Choice[] = [{ kind: 'deliver', label: 'deliver' }];
  const kinds: string[] = [];
  for (let step = 0; step < 500; step += 1) {
    const { fault } = plan.next(deliver);
    if (fault?.kind === 'reorder') plan.putBack();
    else if (fault) kinds.push(fault.kind);
  }
  expect(kinds.sort()).toEqual(['crash', 'crash', 'crash-before-offset', 'delay', 'duplicate', 'duplicate']);

  const crashes = new FaultPlan(5, 100);
  const points = Array.from({ length: 200 }, () => {
    const { fault } = crashes.next(CHOICES);
    if (fault?.kind !== 'crash') return 0;
    crashes.putBack();
    return fault.point.statement;
  });
  expect(points.filter((statement) => statement > 1).length).toBeLessThan(points.filter((statement) => statement === 1).length);
});

test('a plan for no loan injects nothing', () => {
  expect(decisions(new FaultPlan(7, 0), 2_000).filter(({ fault }) => fault)).toEqual([]);
});
