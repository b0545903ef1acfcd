import { FaultPlan, type Choice, type Decision } from './fault-plan.js';

const CHOICES: readonly Choice[] = (['send', 'deliver', 'job', 'tick', 'act'] as const).flatMap((kind) => [
  { kind, label: `${kind} a` },
  { kind, label: `${kind} b` },
]);

function decisions(plan: FaultPlan, count: number): Decision[] {
  return Array.from({ length: count }, (_, step) => plan.next(CHOICES.slice(0, 1 + (step % CHOICES.length))));
}

test('the same seed makes the same decisions, another seed others', () => {
  const [first, again, other] = [7, 7, 8].map((seed) => JSON.stringify(decisions(new FaultPlan(seed), 500)));
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test('the draws are those of every platform', () => {
  const plan = new FaultPlan(7);
  expect(Array.from({ length: 5 }, () => plan.next(CHOICES).index)).toEqual([0, 2, 1, 1, 1]);
});

test('every kind of fault comes up, on both sides of a statement, and a decision is always one of the choices', () => {
  const plan = new FaultPlan(1);
  const made = Array.from({ length: 5_000 }, () => plan.next(CHOICES));
  const kinds = new Set(made.flatMap(({ fault }) => (fault ? [fault.kind] : [])));
  expect([...kinds].sort()).toEqual(
    ['clock-jump', 'crash', 'crash-before-offset', 'delay', 'duplicate', 'provider', 'reorder', 'repeat-request', 'restart'].sort(),
  );
  const failures = new Set(made.flatMap(({ fault }) => (fault?.kind === 'provider' ? [`${fault.failure}`] : [])));
  expect([...failures].sort()).toEqual(['error', 'late_callback', 'outage', 'timeout_after_success']);
  const sides = new Set(made.flatMap(({ fault }) => (fault?.kind === 'crash' ? [fault.point.side] : [])));
  expect(sides.size).toBe(2);
  for (const { index } of made) expect(CHOICES[index]).toBeDefined();
});

test('only the bank settles late, and a job is what meets a provider', () => {
  const plan = new FaultPlan(3);
  const job: readonly Choice[] = [{ kind: 'job', label: 'job' }];
  const late = Array.from({ length: 3_000 }, () => plan.next(job).fault).filter((fault) => fault?.kind === 'provider' && fault.failure === 'late_callback');
  expect(late.length).toBeGreaterThan(0);
  expect(late.every((fault) => fault?.kind === 'provider' && fault.provider === 'bank')).toBe(true);
});

test('a calm plan injects nothing', () => {
  expect(decisions(new FaultPlan(7, 0), 2_000).filter(({ fault }) => fault)).toEqual([]);
});
