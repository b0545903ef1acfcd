import { addDays, type IsoDate } from '@millrace/finance';
import { paidOnTime, paperLoan, repaid, standingOn, type PaperChange } from '../../test/paper-loans.js';
import type { FactKind, LoanFact } from './loan-facts.js';
import { projectLoan } from './project-loan.js';

const classesOn = (change: PaperChange, days: readonly IsoDate[]): string[] => projectLoan(paperLoan(change), days).standings.map((one) => one.class);
const fact = (kind: FactKind, from: IsoDate, more: Partial<LoanFact> = {}): LoanFact => ({ kind, from, ...more });
/** Everything is paid on its date. */
const SOUND = paidOnTime(12);

describe('S17: instalment 3 is left unpaid', () => {
  const change: PaperChange = { movements: paidOnTime(2) };
  const after = (dpd: number): IsoDate => addDays('2026-06-02', dpd);

  test.each([
    [0, 'M0', 'NORMAL'],
    [1, 'M1', 'SPECIAL_MENTION'],
    [31, 'M2', 'SPECIAL_MENTION'],
    [61, 'M3', 'SPECIAL_MENTION'],
    [90, 'M3', 'SPECIAL_MENTION'],
    [91, 'M4', 'SUBSTANDARD'],
    [270, 'M7+', 'SUBSTANDARD'],
    [271, 'M7+', 'DOUBTFUL'],
    [360, 'M7+', 'DOUBTFUL'],
    [361, 'M7+', 'LOSS'],
  ])('%i days later it is %s and %s', (dpd, bucket, loanClass) => {
    expect(standingOn(change, after(dpd))).toMatchObject({ dpd, bucket, class: loanClass });
  });

  test('paid in full at 40 days past due it is normal again', () => {
    const on = after(40);
    const movements = [...paidOnTime(2), repaid('cure', on, standingOn(change, on).payoffMinor)];
    expect(classesOn({ movements }, [addDays(on, -1), on])).toEqual(['SPECIAL_MENTION', 'NORMAL']);
  });

  test('G-CL-12: arrears of more than 90 days that are paid with their charges leave it substandard for six months', () => {
    const terms = { instalments: 36 };
    const [first, second] = paidOnTime(2, { terms });
    const cured = '2026-09-20';
    const rest = projectLoan(paperLoan({ terms }), []).rows.slice(6);
    const later = rest.map(({ number, dueOn, totalMinor }) => repaid(`l${number}`, dueOn, totalMinor));
    const before = standingOn({ terms, movements: [first!, second!] }, cured);
    // What was due by then: the payoff without the principal and interest that are not due yet.
    const { rows } = projectLoan(paperLoan({ terms }), []);
    const dueMinor = rows.slice(2, 6).reduce((total, row) => total + row.totalMinor, 0n) + before.penaltyMinor + before.compoundMinor;
    const movements = [first!, second!, repaid('cure', cured, dueMinor), ...later];
    expect(classesOn({ terms, movements }, ['2026-09-19', cured, '2027-03-19', '2027-03-20'])).toEqual(['SUBSTANDARD', 'SUBSTANDARD', 'SUBSTANDARD', 'NORMAL']);
    // A fen of the charges that is left keeps it there.
    const short = [first!, second!, repaid('cure', cured, dueMinor - 1n), ...later];
    expect(classesOn({ terms, movements: short }, ['2027-03-20'])).toEqual(['SUBSTANDARD']);
  });
});

describe('facts of a sound loan', () => {
  const from = '2026-05-10';
  const to = '2026-05-20';
  const days = ['2026-05-09', from, to, '2026-05-21'];

  test.each<[string, readonly LoanFact[], readonly string[]]>([
    ['G-CL-03: misuse', [fact('misuse', from, { to, amountMinor: 1n })], ['NORMAL', 'SPECIAL_MENTION', 'SPECIAL_MENTION', 'NORMAL']],
    ['G-CL-09: bankruptcy', [fact('bankruptcy', from, { to })], ['NORMAL', 'LOSS', 'LOSS', 'SUBSTANDARD']],
    ['G-CL-06: impairment', [fact('impairment', from, { to })], ['NORMAL', 'SUBSTANDARD', 'SUBSTANDARD', 'SUBSTANDARD']],
    ['G-CL-05: another debt that is non-performing', [fact('cross_default', from, { to })], ['NORMAL', 'SPECIAL_MENTION', 'SPECIAL_MENTION', 'NORMAL']],
    ['G-CL-13: restructuring', [fact('restructure', from)], ['NORMAL', 'SPECIAL_MENTION', 'SPECIAL_MENTION', 'SPECIAL_MENTION']],
    ['G-CL-15: a renewal that qualifies', [fact('renewal', from)], ['NORMAL', 'NORMAL', 'NORMAL', 'NORMAL']],
    [
      'G-CL-04: a new loan after misuse',
      [fact('misuse', '2026-05-10', { to: '2026-05-10' }), fact('renewal', from)],
      ['NORMAL', 'SPECIAL_MENTION', 'SPECIAL_MENTION', 'SPECIAL_MENTION'],
    ],
    ['G-CL-04: a new loan at maturity', [fact('renewal', '2027-03-02')], ['NORMAL', 'NORMAL', 'NORMAL', 'NORMAL']],
  ])('%s', (_, facts, wanted) => {
    expect(classesOn({ movements: SOUND, facts }, days)).toEqual(wanted);
    expect(classesOn({ movements: SOUND.toReversed(), facts: facts.toReversed() }, days)).toEqual(wanted);
  });

  test('S18: a new loan that is agreed with interest in arrears, or not before maturity, is no renewal', () => {
    const late: PaperChange = { movements: [], facts: [fact('renewal', '2026-04-03')] };
    const cured = (movements: PaperChange['movements']): PaperChange => ({ ...late, movements: movements! });
    expect(classesOn(cured([repaid('late', '2026-04-04', 2_598_569n)]), ['2026-04-30'])).toEqual(['SPECIAL_MENTION']);
    expect(classesOn(cured([repaid('early', '2026-04-02', 2_598_569n)]), ['2026-04-30'])).toEqual(['NORMAL']);
    expect(classesOn({ facts: [fact('renewal', '2027-03-02')], movements: SOUND.slice(0, 11) }, ['2027-03-01', '2027-03-02'])).toEqual([
      'NORMAL',
      'SPECIAL_MENTION',
    ]);
  });

  test('G-CL-08, G-CL-09: expected losses are held against the principal', () => {
    // 251,483.51 is left of the principal after two instalments.
    const withLoss = (amountMinor: bigint): string[] => classesOn({ movements: SOUND, facts: [fact('impairment', from, { amountMinor })] }, [from]);
    expect([withLoss(12_574_175n), withLoss(12_574_176n), withLoss(22_633_515n), withLoss(22_633_516n)].flat()).toEqual([
      'SUBSTANDARD',
      'DOUBTFUL',
      'DOUBTFUL',
      'LOSS',
    ]);
    // Two facts of a day are one loss.
    const halves = [fact('impairment', from, { amountMinor: 6_287_088n }), fact('impairment', from, { amountMinor: 6_287_088n })];
    expect(classesOn({ movements: SOUND, facts: halves }, [from])).toEqual(['DOUBTFUL']);
  });

  test('G-CL-10: more than a tenth of what the obligor owes here', () => {
    // A ninth of 251,483.51 is a tenth of both together.
    const withBad = (amountMinor: bigint): string[] => classesOn({ movements: SOUND, facts: [fact('cross_default', from, { amountMinor })] }, [from]);
    expect([withBad(2_794_261n), withBad(2_794_262n)].flat()).toEqual(['SPECIAL_MENTION', 'SUBSTANDARD']);
  });

  test('G-CL-02: days of a technical delay are exempt up to the seventh day past due, and only they', () => {
    const facts = [fact('technical_delay', '2026-04-01', { to: '2026-04-20' })];
    expect(classesOn({ facts }, ['2026-04-03', '2026-04-09', '2026-04-10'])).toEqual(['NORMAL', 'NORMAL', 'SPECIAL_MENTION']);
    expect(classesOn({ facts: [fact('technical_delay', '2026-04-01', { to: '2026-04-04' })] }, ['2026-04-04', '2026-04-05'])).toEqual([
      'NORMAL',
      'SPECIAL_MENTION',
    ]);
  });

  test('G-CL-13: twice within a year is substandard for a year, and an observation may be agreed longer', () => {
    const facts = [fact('restructure', '2026-05-10'), fact('restructure', '2027-01-10')];
    expect(
      classesOn({ terms: { instalments: 36 }, movements: paidOnTime(36, { terms: { instalments: 36 } }), facts }, [
        '2027-01-09',
        '2027-01-10',
        '2028-01-09',
        '2028-01-10',
      ]),
    ).toEqual(['SPECIAL_MENTION', 'SUBSTANDARD', 'SUBSTANDARD', 'NORMAL']);
  });

  test('G-CL-11: under the matrix of 2007 an unsecured loan is substandard from 31 days on', () => {
    const given = paperLoan({ movements: [] });
    const of = (security: typeof given.security): string =>
      projectLoan({ ...given, security, classification: { ...given.classification, method: 'dpd_matrix' } }, ['2026-05-03']).standings[0]!.class;
    expect([of('unsecured'), of('guaranteed')]).toEqual(['SUBSTANDARD', 'SPECIAL_MENTION']);
  });
});

test('what owes nothing is normal, whatever is known of it', () => {
  const facts = [fact('bankruptcy', '2026-05-10')];
  const movements = [{ id: 'end', kind: 'payoff', valueOn: '2026-05-20' } as const];
  expect(classesOn({ movements, facts }, ['2026-05-19', '2026-05-20', '2026-12-31'])).toEqual(['LOSS', 'NORMAL', 'NORMAL']);
});
