import { addMonths } from '@millrace/finance';
import { seededRandom } from '@millrace/metrics';
import { bouncedOn, drawHabit, HABITS, planOf, type Habit } from './borrower.js';

const DUE_DATES = Array.from({ length: 12 }, (_, month) => addMonths('2026-04-02', month));
const HABIT_NAMES = Object.keys(HABITS) as Habit[];

test('habits are drawn as often as their shares say, and the same seed draws the same', () => {
  const draw = (seed: number): Habit[] => {
    const random = seededRandom(seed);
    return Array.from({ length: 10_000 }, () => drawHabit(random));
  };
  const drawn = draw(7);
  for (const habit of HABIT_NAMES) expect(Math.abs(drawn.filter((one) => one === habit).length / 100 - HABITS[habit])).toBeLessThan(1.5);
  expect(draw(7)).toEqual(drawn);
});

test.each(HABIT_NAMES)('the plan of a borrower that is %s is in the order of its days, for any seed', (habit) => {
  for (let seed = 0; seed < 200; seed += 1) {
    for (const dueDates of [DUE_DATES, DUE_DATES.slice(0, 1), DUE_DATES.slice(0, 6)]) {
      const plan = planOf(habit, dueDates, seededRandom(seed));
      const days = plan.map(({ on }) => on);
      expect(days).toEqual(days.toSorted());
      expect(plan.every(({ on, sharePercent }) => on !== undefined && sharePercent > 0 && sharePercent <= 100)).toBe(true);
    }
  }
});

test('each habit does what its name says', () => {
  const plan = (habit: Habit) => planOf(habit, DUE_DATES, seededRandom(5));
  expect(plan('never_pays')).toEqual([]);
  expect(plan('punctual')).toHaveLength(12);
  expect(plan('in_parts')).toHaveLength(24);
  expect(plan('pays_off_early').at(-1)).toMatchObject({ kind: 'pay_off' });
  const bounced = plan('bounces').find(({ kind }) => kind === 'pay_bounced')!;
  expect(bouncedOn(bounced) > bounced.on).toBe(true);
  expect(plan('unnamed_transfer').filter(({ kind }) => kind === 'pay_unnamed')).toHaveLength(1);
  expect(plan('in_trouble').length).toBeLessThan(12);
  expect(plan('defaults').length).toBeLessThan(8);
});
