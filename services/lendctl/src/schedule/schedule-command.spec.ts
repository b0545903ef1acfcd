import { CommanderError } from 'commander';
import { scheduleCommand } from './schedule-command.js';

interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number;
}

const GOOD = {
  '--method': 'equal_instalment',
  '--principal': '300000.00',
  '--annual-rate': '6.35',
  '--instalments': '12',
  '--disbursed': '2026-03-02',
};

/** Runs the command in this process, as the terminal would see it. */
async function run(changes: Record<string, string> = {}, ...flags: string[]): Promise<Outcome> {
  let out = '';
  let err = '';
  const command = scheduleCommand()
    .exitOverride()
    .configureOutput({ writeOut: (text) => (out += text), writeErr: (text) => (err += text) });
  try {
    await command.parseAsync([...Object.entries({ ...GOOD, ...changes }).flat(), ...flags], { from: 'user' });
    return { out, err, exitCode: 0 };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { out, err, exitCode: error.exitCode };
  }
}

test('S01 as JSON: exactly the fields that were promised, money as strings, rates in basis points', async () => {
  const { out, err, exitCode } = await run({}, '--json');
  expect([err, exitCode]).toEqual(['', 0]);
  const { rows, ...rest } = JSON.parse(out) as { rows: unknown[] };
  expect(rest).toEqual({ instalmentMinor: '2586822', totalInterestMinor: '1041859', nominalAnnualRateBps: 635, effectiveAnnualRateBps: 653.81 });
  expect(rows).toHaveLength(12);
  expect(rows[0]).toEqual({ due: '2026-04-02', principalMinor: '2428072', interestMinor: '158750', totalMinor: '2586822', balanceMinor: '27571928' });
  expect(rows[11]).toEqual({ due: '2027-03-02', principalMinor: '2573200', interestMinor: '13617', totalMinor: '2586817', balanceMinor: '0' });
});

test('S01 as a table with its summary', async () => {
  const { out } = await run();
  expect(out).toMatch(/ 1 │ 2026-04-02 │ 24,280\.72 │ 1,587\.50 │ 25,868\.22 │ 275,719\.28 /);
  expect(out).toMatch(/level instalment +25,868\.22\ntotal interest +10,418\.59\nnominal annual rate +6\.3500%\neffective annual rate +6\.5381%\n$/);
  expect(out).not.toContain('up-front fee');
});

test('M-RS-03: a fee of 2.5% turns 7.2% into 11.981% nominal, 12.661% effective', async () => {
  const changes = { '--annual-rate': '7.2', '--fee-percent': '2.5' };
  expect(JSON.parse((await run(changes, '--json')).out)).toMatchObject({ nominalAnnualRateBps: 1198.12, effectiveAnnualRateBps: 1266.15 });
  expect((await run(changes)).out).toMatch(/up-front fee +7,500\.00\nreceived +292,500\.00\n/);
});

test('M-RS-02: 500,000 at 7.2% for 180 days ACT/360 is 18,000.00', async () => {
  const { out } = await run(
    {
      '--method': 'bullet',
      '--principal': '500000',
      '--annual-rate': '7.2',
      '--instalments': '1',
      '--disbursed': '2026-01-01',
      '--first-due': '2026-06-30',
      '--day-count': 'ACT/360',
    },
    '--json',
  );
  expect(JSON.parse(out)).toMatchObject({ totalInterestMinor: '1800000', rows: [{ due: '2026-06-30', totalMinor: '51800000' }] });
});

test('a principal of 16 digits is printed to the cent', async () => {
  expect((await run({ '--principal': '9999999999999999.99', '--method': 'bullet' })).out).toContain('9,999,999,999,999,999.99');
});

test.each([
  ['--disbursed', '2026-02-30', 'no such day in the calendar: 2026-02-30'],
  ['--disbursed', 'tomorrow', 'not a date (YYYY-MM-DD): tomorrow'],
  ['--first-due', '2026-03-02', 'first due date 2026-03-02 must be after the disbursement on 2026-03-02'],
  ['--principal', '300000.001', 'principal has fractions of a cent: 300000.001'],
  ['--principal', '-5', 'principal must not be negative: -5'],
  ['--principal', '0', 'principal must be more than zero'],
  ['--principal', '3e5', 'principal is not an amount: 3e5'],
  ['--annual-rate', '-1', 'annual rate must not be negative: -1'],
  ['--annual-rate', 'high', 'annual rate is not a number in per cent: high'],
  ['--instalments', '0', 'instalments must be a whole number from 1 to 600: 0'],
  ['--instalments', '1.5', 'instalments must be a whole number: 1.5'],
  ['--method', 'balloon', 'unknown method: balloon (one of equal_instalment, equal_principal, interest_monthly, bullet)'],
  ['--day-count', '30/360', 'unknown day count: 30/360 (one of periodic, 30E/360, ACT/365, ACT/360, ACT/ACT)'],
  ['--fee-percent', '100', 'fees leave the borrower nothing of the loan'],
  ['--fee-percent', '-1', 'fee must not be negative: -1'],
])('%s %s: one line on stderr, exit code 2', async (option, value, message) => {
  expect(await run({ [option]: value }, '--json')).toEqual({ out: '', err: `error: ${message}\n`, exitCode: 2 });
});
