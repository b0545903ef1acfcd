import { addDays, type IsoDate } from '@millrace/finance';

/** How a made-up borrower pays, and how many in a hundred do so. */
export const HABITS = {
  punctual: 66,
  sloppy: 12,
  in_parts: 5,
  pays_off_early: 5,
  bounces: 3,
  unnamed_transfer: 2,
  in_trouble: 4,
  defaults: 2,
  never_pays: 1,
} as const;
export type Habit = keyof typeof HABITS;

/** What a borrower does on a day: it looks at what is due then, and pays a share of it. */
export interface Intent {
  readonly on: IsoDate;
  readonly kind:
    /** Pays a share of what is due, or of the next instalment where nothing is due yet. */
    | 'pay'
    /** As `pay`, without a word of which loan it is for. */
    | 'pay_unnamed'
    /** As `pay`; the bank takes the money back three days later. */
    | 'pay_bounced'
    /** Pays all that is owed. */
    | 'pay_off';
  readonly sharePercent: number;
}

type Random = () => number;

const whole = (random: Random, least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
const chance = (random: Random, percent: number): boolean => random() * 100 < percent;

/** One of the habits, as often as their shares say. */
export function drawHabit(random: Random): Habit {
  let left = random() * Object.values(HABITS).reduce((sum, share) => sum + share, 0);
  for (const [habit, share] of Object.entries(HABITS)) {
    left -= share;
    if (left < 0) return habit as Habit;
  }
  return 'punctual';
}

const ALL_PERCENT = 100;
const pay = (on: IsoDate, sharePercent = ALL_PERCENT): Intent => ({ on, kind: 'pay', sharePercent });

/** On its day by most, a few days early or one day late by some. */
function onTime(random: Random, due: IsoDate): Intent {
  const draw = random() * ALL_PERCENT;
  if (draw < 80) return pay(due);
  return draw < 95 ? pay(addDays(due, -whole(random, 1, 3))) : pay(addDays(due, 1));
}

const onTimeAll = (random: Random, dueDates: readonly IsoDate[]): Intent[] => dueDates.map((due) => onTime(random, due));

const lastBut = ({ length }: readonly unknown[]): number => Math.max(0, length - 1);

const BOUNCED_AFTER_DAYS = 3;

const PLANS: Readonly<Record<Habit, (random: Random, dueDates: readonly IsoDate[]) => Intent[]>> = {
  punctual: onTimeAll,
  sloppy: (random, dueDates) => dueDates.map((due) => (chance(random, 45) ? pay(addDays(due, whole(random, 2, 38))) : onTime(random, due))),
  in_parts: (random, dueDates) => dueDates.flatMap((due) => [pay(due, whole(random, 40, 70)), pay(addDays(due, whole(random, 5, 25)))]),
  pays_off_early: (random, dueDates) => {
    const last = whole(random, 1, Math.max(1, Math.floor(dueDates.length / 2)));
    const off: Intent = { on: addDays(dueDates[last - 1]!, whole(random, 5, 15)), kind: 'pay_off', sharePercent: ALL_PERCENT };
    return [...onTimeAll(random, dueDates.slice(0, last)), off];
  },
  bounces: (random, dueDates) => {
    const at = whole(random, 0, lastBut(dueDates));
    return dueDates.flatMap((due, index): Intent[] =>
      index === at ? [{ on: due, kind: 'pay_bounced', sharePercent: ALL_PERCENT }, pay(addDays(due, whole(random, 6, 40)))] : [onTime(random, due)],
    );
  },
  unnamed_transfer: (random, dueDates) => {
    const at = whole(random, 0, lastBut(dueDates));
    return dueDates.map((due, index) => (index === at ? { on: due, kind: 'pay_unnamed', sharePercent: ALL_PERCENT } : onTime(random, due)));
  },
  in_trouble: (random, dueDates) => {
    const from = whole(random, 1, lastBut(dueDates));
    const until = Math.min(lastBut(dueDates), from + whole(random, 1, 4));
    const good = [...dueDates.slice(0, from), ...dueDates.slice(until + 1)];
    return [...onTimeAll(random, good), pay(addDays(dueDates[until]!, whole(random, 3, 20)))];
  },
  defaults: (random, dueDates) => {
    const paid = whole(random, 1, Math.max(1, Math.floor(dueDates.length / 2)));
    const stopped = dueDates[Math.min(paid, lastBut(dueDates))]!;
    const later = chance(random, 50) ? [pay(addDays(stopped, whole(random, 120, 420)), whole(random, 5, 30))] : [];
    return [...onTimeAll(random, dueDates.slice(0, paid)), ...later];
  },
  never_pays: () => [],
};

/** What a borrower with a habit does about the due dates of its loan, by day. */
export function planOf(habit: Habit, dueDates: readonly IsoDate[], random: Random): Intent[] {
  return PLANS[habit](random, dueDates).toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** Day on which the bank takes back what bounced. */
export const bouncedOn = ({ on }: Intent): IsoDate => addDays(on, BOUNCED_AFTER_DAYS);
