import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import { policyInForce } from '@millrace/policy';
import fc from 'fast-check';
import type { ClassFact } from './class-facts.js';
import { NEVER_LATE, type Standing, type StandingDay } from './standing.js';
import { dpdOn, standOn, turnsOf } from './stand.js';

const rules = policyInForce('online_microloan', '2026-03-02');
/** What is known of a loan with nothing against it. */
const CALM = {
  ...{ isSettled: false, isWrittenOff: false, productCode: null, inTimeSince: null, areCostsPaid: true },
  ...{ dueDates: [] as IsoDate[], facts: [] as ClassFact[], guaranteeStates: [], rules },
};
const standAfter = (dpd: number, known: Standing = NEVER_LATE): Standing =>
  standOn(known, {
    on: '2026-06-01',
    dpd,
    ...CALM,
  });

test.each([
  [0, 'M0', 'NORMAL', 1],
  [1, 'M1', 'SPECIAL_MENTION', 1],
  [30, 'M1', 'SPECIAL_MENTION', 1],
  [31, 'M2', 'SPECIAL_MENTION', 2],
  [61, 'M3', 'SPECIAL_MENTION', 2],
  [90, 'M3', 'SPECIAL_MENTION', 2],
  [91, 'M4', 'SUBSTANDARD', 3],
  [121, 'M5', 'SUBSTANDARD', 3],
  [151, 'M6', 'SUBSTANDARD', 3],
  [181, 'M7+', 'SUBSTANDARD', 3],
  [271, 'M7+', 'DOUBTFUL', 3],
  [361, 'M7+', 'LOSS', 3],
] as const)('S17, G-CL-06: %i days past due are %s, %s, stage %i', (dpd, bucket, loanClass, eclStage) => {
  expect(standAfter(dpd)).toMatchObject({ bucket, loanClass, eclStage });
});

test('the days on which the day alone changes something', () => {
  expect(turnsOf(rules)).toEqual([1, 16, 31, 61, 91, 121, 151, 181, 271, 361]);
  const classification = { ...rules.classification, method: 'dpd_matrix' as const, matrixDpdEdges: [30, 45, 180, 360] };
  expect(turnsOf({ ...rules, classification })).toContain(46);
});

test('M-LN-05: a due date on a holiday is late from the business day after it, where the contract says so', () => {
  // 2026-10-01 to 2026-10-07 are the national holidays; work begins on the 8th.
  const lateness = { oldestDueOn: '2026-10-02', rollsForward: true };
  expect([dpdOn(lateness, '2026-10-08'), dpdOn(lateness, '2026-10-09')]).toEqual([0, 1]);
  expect(dpdOn({ ...lateness, rollsForward: false }, '2026-10-09')).toBe(7);
  expect(dpdOn({ oldestDueOn: null, rollsForward: true }, '2026-10-09')).toBe(0);
});

test('S17: paid in full at 40 days past due, the loan is normal again at once', () => {
  expect(standAfter(0, standAfter(40))).toMatchObject({ bucket: 'M0', loanClass: 'NORMAL', eclStage: 1, reviewOn: null });
});

test('G-CL-12: a non-performing loan that is paid stays substandard, and is looked at again when its conduct was good for long enough', () => {
  const dueDates = ['2026-06-10', '2026-07-10', '2026-08-10', '2027-01-10'];
  const paid = standOn(standAfter(100), {
    on: '2026-06-02',
    dpd: 0,
    ...CALM,
    dueDates,
  });
  expect(paid).toEqual({
    bucket: 'M0',
    loanClass: 'SUBSTANDARD',
    ownClass: 'SUBSTANDARD',
    isBadDebt: true,
    obligorRule: null,
    classRules: ['G-CL-12'],
    eclStage: 3,
    collectionStage: null,
    guaranteeStatus: null,
    goodSince: '2026-06-02',
    reviewOn: '2026-12-02',
  });
  const later = (on: IsoDate): Standing =>
    standOn(paid, {
      on,
      dpd: 0,
      ...CALM,
      dueDates,
    });
  expect([later('2026-12-01').loanClass, later('2026-12-02').loanClass]).toEqual(['SUBSTANDARD', 'NORMAL']);
  // Two periods may take longer than six months, and may not come any more.
  expect(
    standOn(standAfter(100), {
      on: '2026-06-02',
      dpd: 0,
      ...CALM,
      dueDates: ['2026-06-10', '2027-01-10'],
      facts: [],
    }).reviewOn,
  ).toBe('2027-01-11');
  expect(
    standOn(standAfter(100), {
      on: '2026-06-02',
      dpd: 0,
      ...CALM,
      dueDates: ['2026-06-10'],
      facts: [],
    }).reviewOn,
  ).toBeNull();
});

test('a loan that is settled is not late, and keeps its last class', () => {
  expect(
    standOn(standAfter(100), {
      on: '2026-06-02',
      dpd: 0,
      isSettled: true,
      isWrittenOff: false,
      productCode: null,
      inTimeSince: null,
      areCostsPaid: true,
      dueDates: [],
      facts: [],
      guaranteeStates: [],
      rules,
    }),
  ).toMatchObject({
    bucket: 'M0',
    loanClass: 'SUBSTANDARD',
    reviewOn: null,
  });
});

const DAYS = 420;
const BEGIN = '2026-03-02';
const dueDates = Array.from({ length: 24 }, (_, index) => addMonths(BEGIN, index + 1));

test('closing only the days that can change something gives what every day taken one after the other gives', () => {
  // A loan pays its oldest due on the days drawn, and on others not; what is left is the oldest due date of each day.
  const payments = fc.array(fc.integer({ min: 1, max: DAYS }), { maxLength: 24 }).map((days) => days.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(payments, fc.boolean(), (paidOn, rollsForward) => {
      let daily = NEVER_LATE;
      let closed = NEVER_LATE;
      let paid = 0;
      for (let day = 1; day <= DAYS; day += 1) {
        const on = addDays(BEGIN, day);
        const before = paid;
        while (paidOn[paid] === day) paid += 1;
        const oldestDueOn = dueDates[paid] ?? null;
        const dpd = dpdOn({ oldestDueOn, rollsForward }, on);
        const at = (dpdThen: number): StandingDay => ({
          on,
          dpd: dpdThen,
          isSettled: oldestDueOn === null,
          isWrittenOff: false,
          productCode: null,
          inTimeSince: null,
          areCostsPaid: true,
          dueDates,
          facts: [],
          guaranteeStates: [],
          rules,
        });
        daily = standOn(daily, at(dpd));
        // The repayment tells of the days that have ended; the end of this one is for the close.
        if (paid > before) closed = standOn(closed, at(dpdOn({ oldestDueOn, rollsForward }, addDays(on, -1))));
        if (turnsOf(rules).includes(dpd) || (closed.reviewOn !== null && closed.reviewOn <= on)) closed = standOn(closed, at(dpd));
        const told = ({ bucket, loanClass, eclStage, collectionStage }: Standing) => [on, bucket, loanClass, eclStage, collectionStage];
        expect(told(closed)).toEqual(told(daily));
      }
    }),
    { numRuns: 200 },
  );
});

test('G-CL-02 to G-CL-13: closing only the days that can change something gives what every day gives, whatever is known of the loan', () => {
  const kinds = ['misuse', 'technical_delay', 'cross_default', 'impairment', 'bankruptcy', 'restructured', 'override'] as const;
  const fact = fc.record({ kind: fc.constantFrom(...kinds), from: fc.integer({ min: 0, max: 300 }), days: fc.option(fc.integer({ min: 0, max: 200 })) });
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 4 }), fc.integer({ min: 1, max: 400 }), (drawn, paidOn) => {
      const facts = drawn.map(({ kind, from, days }): ClassFact => {
        const begin = addDays(BEGIN, from);
        return { kind, from: begin, to: days === null ? null : addDays(begin, days), shareBps: null, atLeast: kind === 'override' ? 'DOUBTFUL' : null };
      });
      let daily = NEVER_LATE;
      let closed: Standing | undefined;
      for (let day = 1; day <= DAYS; day += 1) {
        const on = addDays(BEGIN, day);
        const oldestDueOn = day < paidOn ? dueDates[0]! : '2029-01-01';
        const dpd = dpdOn({ oldestDueOn, rollsForward: false }, on);
        const at: StandingDay = {
          on,
          dpd,
          ...CALM,
          dueDates,
          facts,
        };
        daily = standOn(daily, at);
        // The first day stands for the recording of the facts, which looks at the loan.
        const isLookedAt = !closed || day === paidOn || turnsOf(rules).includes(dpd) || (closed.reviewOn !== null && closed.reviewOn <= on);
        if (isLookedAt) closed = standOn(closed ?? NEVER_LATE, at);
        const told = ({ bucket, loanClass, eclStage, collectionStage }: Standing) => [on, bucket, loanClass, eclStage, collectionStage];
        expect(told(closed!)).toEqual(told(daily));
      }
    }),
    { numRuns: 100 },
  );
});

test.each([
  [0, null],
  [1, 'C1'],
  [15, 'C1'],
  [16, 'C2'],
  [30, 'C2'],
  [31, 'C3'],
  [60, 'C3'],
  [61, 'C4'],
  [90, 'C4'],
  [91, 'C5'],
  [700, 'C5'],
] as const)('M-CO-01: %i days past due are pursued as %s', (dpd, stage) => {
  expect(standAfter(dpd).collectionStage).toBe(stage);
});

test('M-CO-01: what is left after a write-off is pursued as C6, however late it is', () => {
  const day = {
    on: '2026-06-01',
    isSettled: false,
    isWrittenOff: true,
    productCode: null,
    inTimeSince: null,
    areCostsPaid: true,
    dueDates: [],
    facts: [],
    guaranteeStates: [],
    rules,
  };
  expect([0, 400].map((dpd) => standOn(NEVER_LATE, { ...day, dpd }).collectionStage)).toEqual(['C6', 'C6']);
});

test('G-CL-13: a restructuring that was recorded by mistake, ended before it began, brings no observation', () => {
  const mistaken: ClassFact = { kind: 'restructured', from: '2026-03-10', to: '2026-03-09', shareBps: null, atLeast: null };
  const classOf = (facts: readonly ClassFact[]): string =>
    standOn(NEVER_LATE, {
      on: '2026-06-01',
      dpd: 0,
      ...CALM,
      dueDates: [],
      facts,
    }).loanClass;
  expect([classOf([mistaken]), classOf([{ ...mistaken, to: null }])]).toEqual(['NORMAL', 'SPECIAL_MENTION']);
});

test('G-CL-10, G-CL-12: a loan that its obligor’s other loans kept down leaves at once where nothing of it was late for long enough', () => {
  const dueDates = Array.from({ length: 12 }, (_, at) => addMonths('2026-03-02', at + 1));
  const day = { dpd: 0, ...CALM, dueDates };
  const standAt = (known: Standing, on: IsoDate, inTimeSince: IsoDate): Standing => standOn(known, { ...day, on, inTimeSince });
  const after = (inTimeSince: IsoDate): Standing => {
    const held = standAt({ ...NEVER_LATE, obligorRule: 'G-CL-10' }, '2026-09-10', inTimeSince);
    expect(held).toMatchObject({ loanClass: 'SUBSTANDARD', ownClass: 'NORMAL', eclStage: 3, classRules: ['G-CL-10'] });
    // Its review is over once its conduct has lasted, whatever else still keeps it there: no day has to look at it for that.
    expect(standAt(held, '2026-09-11', inTimeSince).reviewOn).toBe(inTimeSince === '2026-03-02' ? null : '2027-01-20');
    return standAt({ ...held, obligorRule: null }, '2026-09-12', inTimeSince);
  };
  expect(after('2026-03-02')).toMatchObject({ loanClass: 'NORMAL', classRules: [], goodSince: null, reviewOn: null });
  expect(after('2026-07-20')).toMatchObject({ loanClass: 'SUBSTANDARD', classRules: ['G-CL-12'], goodSince: '2026-07-20', reviewOn: '2027-01-20' });
});
