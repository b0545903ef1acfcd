import { policyInForce, type LenderType } from '@millrace/policy';
import { EntryKnockOuts } from './entry-knock-outs.js';
import { firmSizeOf, industriesOf, type EntryInput } from './entry-policy.js';

const AFTER = '2028-05-01';
const BEFORE = '2028-04-30';
const entryOf = (day: string, lenderType: LenderType = 'online_microloan') => policyInForce(lenderType, day).entry;
const table = new EntryKnockOuts();

test.each([
  ['F51', ['F51', 'F']],
  ['F5173', ['F51', 'F']],
  ['5173', ['F51', 'F']],
  ['7010', ['K70', 'K']],
  ['01', ['A01', 'A']],
  ['C', ['C']],
  ['5', []],
])('the industries of %s', (code, industries) => expect(industriesOf(code)).toEqual(industries));

const yuan = (amount: number): string => String(BigInt(amount) * 100n);

test.each<[string, string, { employees?: number; revenueMinor?: string; assetsMinor?: string }, string]>([
  ['an industry firm, one short of both', 'C13', { employees: 299, revenueMinor: yuan(20_000_000) }, 'small'],
  ['an industry firm at both', 'C13', { employees: 300, revenueMinor: yuan(20_000_000) }, 'larger'],
  ['an industry firm with little revenue', 'C13', { employees: 300, revenueMinor: yuan(19_999_999) }, 'small'],
  ['an industry firm, micro by staff', 'C13', { employees: 19, revenueMinor: yuan(3_000_000) }, 'micro'],
  ['an industry firm at the lower edge', 'C13', { employees: 20, revenueMinor: yuan(3_000_000) }, 'small'],
  ['an industry firm, micro by revenue alone', 'C13', { revenueMinor: yuan(2_999_999) }, 'micro'],
  ['wholesale', 'F51', { employees: 20, revenueMinor: yuan(50_000_000) }, 'larger'],
  ['wholesale below', 'F51', { employees: 20, revenueMinor: yuan(49_999_999) }, 'small'],
  ['retail', 'F52', { employees: 50, revenueMinor: yuan(5_000_000) }, 'larger'],
  ['retail, micro', 'F52', { employees: 9, revenueMinor: yuan(5_000_000) }, 'micro'],
  ['construction, whose assets are not told', 'E47', { revenueMinor: yuan(60_000_000) }, 'unknown'],
  ['construction', 'E47', { revenueMinor: yuan(60_000_000), assetsMinor: yuan(50_000_000) }, 'larger'],
  ['software', 'I65', { employees: 10, revenueMinor: yuan(500_000) }, 'small'],
  ['catering', 'H62', { employees: 100, revenueMinor: yuan(19_999_999) }, 'small'],
  ['staff that is not told, much revenue', 'C13', { revenueMinor: yuan(20_000_000) }, 'unknown'],
  ['an industry that the standard does not name', 'J66', { employees: 5_000, revenueMinor: yuan(900_000_000) }, 'unknown'],
])('G-SZ-01: the size of %s', (_, industry, declared, size) => expect(firmSizeOf(industry, declared, entryOf(AFTER))).toBe(size));

const FIRM: EntryInput = {
  uscc: '91990100MA0TE00010',
  industryCode: 'F51',
  purpose: 'working_capital',
  applicantAge: 40,
  declared: { revenueMinor: '480000000' },
};
const codes = async (change: Partial<EntryInput>, day = AFTER, lenderType: LenderType = 'online_microloan'): Promise<string[]> =>
  (await table.refusalOf({ ...FIRM, ...change }, entryOf(day, lenderType)))?.reasons.map(({ code }) => code) ?? [];

test.each<[string, Partial<EntryInput>, LenderType, string[]]>([
  ['nothing', {}, 'online_microloan', []],
  ['17 years', { applicantAge: 17 }, 'online_microloan', ['UNDER_AGE']],
  ['18 years', { applicantAge: 18 }, 'online_microloan', []],
  ['an age that was not told, which the checks ask for', { applicantAge: undefined }, 'online_microloan', []],
  ['a bank’s firm', { industryCode: 'J66' }, 'online_microloan', ['INDUSTRY_NOT_LENT']],
  ['a developer', { industryCode: '7010' }, 'bank', ['INDUSTRY_NOT_LENT']],
  ['a property service beside it', { industryCode: 'L71' }, 'bank', []],
  ['another region', { uscc: '91310100MA0TE00010' }, 'local_microloan', ['REGION_NOT_SERVED']],
  ['its own region', {}, 'local_microloan', []],
  ['any region of a licence that reaches all', { uscc: '91310100MA0TE00010' }, 'bank', []],
  ['securities', { purpose: 'securities' }, 'online_microloan', ['PURPOSE_BARRED']],
  ['other debts', { purpose: 'debt_repayment' }, 'bank', ['PURPOSE_BARRED']],
  ['equipment of a bank, a fixed asset', { purpose: 'equipment' }, 'bank', ['PURPOSE_BARRED']],
  ['equipment of a microloan company', { purpose: 'equipment' }, 'online_microloan', []],
  ['all that stands against it', { applicantAge: 17, purpose: 'equity' }, 'online_microloan', ['PURPOSE_BARRED', 'UNDER_AGE']],
])('M-AP-13, G-IL-05, G-IL-12, G-ML-05: %s', async (_, change, lenderType, expected) => {
  expect((await codes(change, AFTER, lenderType)).sort()).toEqual(expected);
});

test('a release of before asks for the uses that never could be named, and for nothing else', async () => {
  const all = { applicantAge: 17, industryCode: 'J66', uscc: '91310100MA0TE00010', declared: { employees: 9_999, revenueMinor: yuan(900_000_000) } };
  expect(await codes(all, BEFORE, 'local_microloan')).toEqual([]);
  expect(await codes({ purpose: 'equipment' }, BEFORE, 'bank')).toEqual([]);
  expect(await codes({ purpose: 'property' }, BEFORE)).toEqual(['PURPOSE_BARRED']);
});
