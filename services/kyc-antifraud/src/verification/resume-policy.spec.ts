import { nextRound } from './resume-policy.js';

const requested = new Date('2026-03-02T01:00:00Z');
const day = { verificationHours: 24 };
const at = (iso: string) => new Date(iso);

test('M-AP-05, S06: a source that is down is asked again after 5 s, 15 s, 60 s, then every 5 minutes', () => {
  const waits = [1, 2, 3, 4, 9].map((attempt) => nextRound(requested, attempt, requested, day)!.getTime() - requested.getTime());
  expect(waits).toEqual([5_000, 15_000, 60_000, 300_000, 300_000]);
});

test('an hour before the hub gives up, a person gets what there is; the last round is on time', () => {
  expect(nextRound(requested, 9, at('2026-03-02T23:58:00Z'), day)).toEqual(at('2026-03-03T00:00:00Z'));
  expect(nextRound(requested, 9, at('2026-03-02T23:59:59.999Z'), day)).toEqual(at('2026-03-03T00:00:00Z'));
  expect(nextRound(requested, 9, at('2026-03-03T00:00:00Z'), day)).toBeNull();
});
