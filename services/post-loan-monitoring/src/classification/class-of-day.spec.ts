import type { LoanClass } from '@millrace/contracts';
import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import { policyInForce, type ClassificationParameters } from '@millrace/policy';
import type { ClassFacts } from './class-floors.js';
import { classOfDay, type ClassState } from './class-of-day.js';
import { observationOn, type Restructuring } from './observation.js';

const PARAMETERS = policyInForce('online_microloan', '2026-03-02').classification;
const FIRST_DAY = '2026-03-02';

interface Course {
  /** Facts of a day besides those of a clean loan. */
  readonly factsOn?: (on: IsoDate) => Partial<ClassFacts>;
  readonly costsUnpaidThrough?: IsoDate;
  readonly restructurings?: readonly Restructuring[];
  readonly periodMonths?: number;
  readonly parameters?: ClassificationParameters;
}

/** Classes of a loan on some days, each day taken after the one before. */
function classesOn(days: readonly IsoDate[], course: Course): Record<IsoDate, LoanClass> {
  const { factsOn = () => ({}), restructurings = [], periodMonths = 1, parameters = PARAMETERS, costsUnpaidThrough = '' } = course;
  const dues = Array.from({ length: 60 }, (_, at) => addMonths(FIRST_DAY, (at + 1) * periodMonths));
  const classes: Record<IsoDate, LoanClass> = {};
  let state: ClassState | undefined;
  for (let on = FIRST_DAY; on <= days.at(-1)!; on = addDays(on, 1)) {
    const observation = observationOn(restructurings, on, parameters);
    const facts: ClassFacts = { dpd: 0, security: 'unsecured', isSmallFirm: true, observation, ...factsOn(on) };
    const today = on;
    state = classOfDay(
      state,
      {
        on,
        facts,
        areCostsPaid: on > costsUnpaidThrough,
        isRestructured: restructurings.some(({ from }) => from === today),
        periodsSince: (day) => dues.filter((due) => due > day && due < today).length,
      },
      parameters,
    );
    if (days.includes(on)) classes[on] = state.class;
  }
  return classes;
}

/** Overdue until a day: 91 days on it, none after it. */
const overdueUntil =
  (last: IsoDate) =>
  (on: IsoDate): Partial<ClassFacts> => ({ dpd: on <= last ? 91 : 0 });

describe('G-CL-12: a way out of the non-performing classes', () => {
  test('special mention is left as soon as the arrears are paid (S17)', () => {
    const days = ['2026-04-01', '2026-04-02'];
    expect(classesOn(days, { factsOn: (on) => ({ dpd: on <= '2026-04-01' ? 40 : 0 }) })).toEqual({ '2026-04-01': 'SPECIAL_MENTION', '2026-04-02': 'NORMAL' });
  });

  test('of monthly periods: six months of good conduct', () => {
    const days = ['2026-04-10', '2026-04-11', '2026-10-10', '2026-10-11'];
    expect(Object.values(classesOn(days, { factsOn: overdueUntil('2026-04-10') }))).toEqual(['SUBSTANDARD', 'SUBSTANDARD', 'SUBSTANDARD', 'NORMAL']);
  });

  test('of half-years: two periods, which are longer', () => {
    // Clean from 11 April 2026 on; due on 2 September 2026 and 2 March 2027, so that the second period is met on the day after.
    const days = ['2026-10-11', '2027-03-02', '2027-03-03'];
    expect(Object.values(classesOn(days, { factsOn: overdueUntil('2026-04-10'), periodMonths: 6 }))).toEqual(['SUBSTANDARD', 'SUBSTANDARD', 'NORMAL']);
  });

  test('costs that are left unpaid, and a single day overdue, begin it anew', () => {
    const costs = classesOn(['2026-10-11', '2026-11-01', '2026-11-02'], { factsOn: overdueUntil('2026-04-10'), costsUnpaidThrough: '2026-05-01' });
    expect(Object.values(costs)).toEqual(['SUBSTANDARD', 'SUBSTANDARD', 'NORMAL']);
    const late = (on: IsoDate): Partial<ClassFacts> => (on === '2026-08-03' ? { dpd: 1 } : overdueUntil('2026-04-10')(on));
    expect(Object.values(classesOn(['2026-10-11', '2027-02-03', '2027-02-04'], { factsOn: late }))).toEqual(['SUBSTANDARD', 'SUBSTANDARD', 'NORMAL']);
  });

  test('a technical delay of some days does not', () => {
    const late = (on: IsoDate): Partial<ClassFacts> => (on === '2026-08-03' ? { dpd: 1, isTechnicalDelay: true } : overdueUntil('2026-04-10')(on));
    expect(Object.values(classesOn(['2026-10-11'], { factsOn: late }))).toEqual(['NORMAL']);
  });

  test('an impairment does, though nothing is overdue', () => {
    const impaired = (on: IsoDate): Partial<ClassFacts> => (on <= '2026-05-01' ? { impairment: {} } : {});
    expect(Object.values(classesOn(['2026-05-01', '2026-11-01', '2026-11-02'], { factsOn: impaired }))).toEqual(['SUBSTANDARD', 'SUBSTANDARD', 'NORMAL']);
  });

  test('within the non-performing classes a loan is no worse than its grounds; what is doubtful becomes substandard', () => {
    const factsOn = (on: IsoDate): Partial<ClassFacts> => ({ dpd: on < '2026-04-01' ? 280 : on < '2026-05-01' ? 100 : 0 });
    expect(Object.values(classesOn(['2026-03-31', '2026-04-01', '2026-05-01'], { factsOn }))).toEqual(['DOUBTFUL', 'SUBSTANDARD', 'SUBSTANDARD']);
  });

  test('where the lender lets small firms’ loans follow the days past due, they do', () => {
    const parameters: ClassificationParameters = { ...PARAMETERS, smallFirmUpgrade: 'by_days_past_due' };
    expect(Object.values(classesOn(['2026-04-11'], { factsOn: overdueUntil('2026-04-10'), parameters }))).toEqual(['NORMAL']);
    const others = (on: IsoDate): Partial<ClassFacts> => ({ ...overdueUntil('2026-04-10')(on), isSmallFirm: false });
    expect(Object.values(classesOn(['2026-04-11'], { factsOn: others, parameters }))).toEqual(['SUBSTANDARD']);
  });
});

describe('G-CL-13, S18: restructured loans', () => {
  const days = ['2026-05-31', '2026-06-01', '2027-05-31', '2027-06-01'];

  test('a performing one is special mention for twelve months', () => {
    const classes = classesOn(days, { restructurings: [{ from: '2026-06-01' }] });
    expect(Object.values(classes)).toEqual(['NORMAL', 'SPECIAL_MENTION', 'SPECIAL_MENTION', 'NORMAL']);
  });

  test('one that was non-performing stays so for six months of good conduct under the new contract, and is then special mention', () => {
    const classes = classesOn(['2026-06-01', '2026-11-30', '2026-12-01', '2027-05-31', '2027-06-01'], {
      factsOn: overdueUntil('2026-05-31'),
      restructurings: [{ from: '2026-06-01' }],
    });
    expect(Object.values(classes)).toEqual(['SUBSTANDARD', 'SUBSTANDARD', 'SPECIAL_MENTION', 'SPECIAL_MENTION', 'NORMAL']);
  });

  test('good conduct under the contract of before does not count', () => {
    const classes = classesOn(['2026-10-11', '2027-02-28', '2027-03-01'], { factsOn: overdueUntil('2026-04-10'), restructurings: [{ from: '2026-09-01' }] });
    expect(Object.values(classes)).toEqual(['SUBSTANDARD', 'SUBSTANDARD', 'SPECIAL_MENTION']);
  });

  test('again while it is observed: substandard, and the year begins anew', () => {
    const classes = classesOn(['2027-04-30', '2027-05-01', '2028-04-30', '2028-05-01'], {
      restructurings: [{ from: '2027-05-01' }, { from: '2026-06-01' }],
    });
    expect(Object.values(classes)).toEqual(['SPECIAL_MENTION', 'SUBSTANDARD', 'SUBSTANDARD', 'NORMAL']);
  });

  test('after the year it is a first one again; a longer observation may be agreed, a shorter one not', () => {
    const on = (restructurings: readonly Restructuring[], day: IsoDate) => observationOn(restructurings, day, PARAMETERS);
    expect(on([{ from: '2026-06-01' }, { from: '2027-06-01' }], '2027-06-01')).toBe('first');
    expect(on([{ from: '2026-06-01' }, { from: '2026-06-01' }], '2026-06-01')).toBe('first');
    expect(on([{ from: '2026-06-01', through: '2027-12-31' }], '2027-12-31')).toBe('first');
    expect(on([{ from: '2026-06-01', through: '2027-12-31' }], '2028-01-01')).toBe('none');
    expect(on([{ from: '2026-06-01', through: '2026-07-01' }], '2027-05-31')).toBe('first');
    expect(on([{ from: '2026-06-01' }], '2026-05-31')).toBe('none');
    // 29 February has no twin a year later.
    expect(on([{ from: '2028-02-29' }], '2029-02-27')).toBe('first');
    expect(on([{ from: '2028-02-29' }], '2029-02-28')).toBe('none');
  });
});
