import { RISK_OFFICER, type TestService } from '@millrace/testing';
import { CLEAN, RecordingProviders } from '../../test/recording-providers.js';
import { nextPerson, nextUscc, outcomeOf, requestVerification, startKyc, type OutcomeEvent } from '../../test/verified-firm.js';

// Method: the real service on real PostgreSQL and the real log, at 2 March 2026; the invoice provider hands out the file of the test.
const providers = new RecordingProviders();
let kyc: TestService;

beforeAll(async () => {
  kyc = await startKyc(await providers.start());
}, 120_000);
afterAll(async () => {
  await kyc.stop();
  await providers.stop();
});

/** A sale a month up to the last full one; 40,000 yuan, as much as is declared. */
const MONTHS = ['2025-11', '2025-12', '2026-01', '2026-02'];
const GOOD = MONTHS.flatMap((month, at) =>
  Array.from({ length: 10 }, (_, nth) => `sale,${at}${nth},${month}-1${nth},B${nth % 9},1000.00,130.00,1130.00,valid`),
);

async function verified(lines: readonly string[], change: object = {}, encode?: (text: string) => Buffer): Promise<OutcomeEvent> {
  const uscc = nextUscc();
  providers.set(uscc, { invoices: { ...providers.batch(lines, encode), ...change } });
  return outcomeOf(kyc, await requestVerification(kyc, { uscc, person: nextPerson() }));
}

/** Codes of what was found, as staff read it: the event names no suspicion. */
async function found({ payload }: OutcomeEvent): Promise<string[]> {
  const { body } = await kyc.call('GET', `/verifications/${payload.applicationId}`, RISK_OFFICER);
  return body.findings.map(({ code }: { code: string }) => code).sort();
}

test('a good file passes; its window ends with the last full month before the submission, whatever month the provider names', async () => {
  const outcome = await verified(GOOD, { referenceMonth: '2026-03' });
  expect([outcome.type, ...(await found(outcome))]).toEqual(['passed']);
  expect(outcome.payload.facts).toMatchObject({ invoicedRevenue12mMinor: '4000000', invoices: { referenceMonth: '2026-02', asOf: '2026-03-02' } });
});

test.each<[string, string[], string[]]>([
  ['F03: half of the lines unreadable', GOOD.map((line, at) => (at % 2 ? line.replace('valid', '?') : line)), ['INVOICES_UNCLEAR', 'REVENUE_UNTRUE']],
  [
    'F03: half of the lines in another form',
    GOOD.map((line, at) => (at % 2 ? line.replaceAll(/(\d{4})-(\d\d)-(\d\d)/g, '$1/$2/$3') : line)),
    ['INVOICES_OTHER_FORM'],
  ],
  [
    'F01: another amount under the same number',
    [...GOOD, GOOD[0]!.replaceAll('1000.00', '1001.00').replace('1130.00', '1131.00')],
    ['INVOICES_CONTRADICTORY', 'INVOICES_UNCLEAR'],
  ],
  ['F05: sums that lie', [...GOOD, 'sale,99,2026-02-10,B1,100.00,13.00,9999.00,valid'], ['INVOICES_CONTRADICTORY', 'INVOICES_UNCLEAR']],
  [
    'F06: an amount of no firm',
    [...GOOD, 'sale,99,2026-02-10,B1,90000000000000.00,0.00,90000000000000.00,valid'],
    ['INVOICES_IMPLAUSIBLE', 'INVOICES_UNCLEAR'],
  ],
  ['F07: a day that has not come', [...GOOD, 'sale,99,2099-12-01,B1,10.00,1.30,11.30,valid'], ['INVOICES_FUTURE', 'INVOICES_UNCLEAR']],
  ['F10: void by amount', [...GOOD, ...[1, 2].map((no) => `sale,9${no}${no},2026-02-10,B1,10000.00,1300.00,11300.00,void`)], ['VOID_AMOUNT']],
])('%s: a person decides', async (_, lines, codes) => {
  const outcome = await verified(lines);
  expect(outcome.type).toBe('referred');
  expect((await found(outcome)).filter((code) => !['VOID_INVOICES_FEW'].includes(code))).toEqual(codes);
});

test('a file that ends half a year before the reference month is stale', async () => {
  const outcome = await verified(GOOD.map((line) => line.replace(/20\d\d-\d\d-/, '2025-08-')));
  expect(await found(outcome)).toContain('INVOICES_STALE');
  expect(outcome.type).toBe('referred');
});

test('F01, F04: copies count once, and another encoding changes nothing', async () => {
  const outcome = await verified([...GOOD, ...GOOD], {}, (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'));
  expect([outcome.type, ...(await found(outcome))]).toEqual(['passed', 'INVOICES_REPEATED']);
  expect(outcome.payload.facts?.invoicedRevenue12mMinor).toBe('4000000');
});

const plain = (text: string): Buffer => Buffer.from(text);
test.each<[string, string[], object, (text: string) => Buffer]>([
  ['F03: no line can be read', GOOD.map((line) => line.replace('valid', '?')), {}, plain],
  ['F04: no encoding fits', GOOD, {}, (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0x80, 0x41])])],
  ['F07: a reference month of the future', GOOD, { referenceMonth: '2026-04' }, plain],
])('%s: the file is no answer, and never a firm without invoices', async (_, lines, change, encode) => {
  const outcome = await verified(lines, change, encode);
  expect([outcome.type, ...(await found(outcome))]).toEqual(['referred', 'SOURCE_UNAVAILABLE']);
  expect(outcome.payload.facts?.invoicedRevenue12mMinor).toBeNull();
});

// The suite's clock stands on 2026-03-02 in Shanghai.
test.each([
  { establishedOn: '2019-02-31' },
  { legalRepresentativeSince: '2026-02-31' },
  { establishedOn: '2026-03-03' },
  { legalRepresentativeSince: '2099-12-31' },
])('F15, F16: a registry with the day %j, of no calendar or of the future, has given no usable answer', async (entry) => {
  const uscc = nextUscc();
  const person = nextPerson();
  const { name, idNumber } = person;
  providers.set(uscc, {
    registry: { ...CLEAN.registry, uscc, legalRepresentative: { name, idNumber }, owners: [{ name, idNumber, sharePercent: 100 }], ...entry },
  });
  const outcome = await outcomeOf(kyc, await requestVerification(kyc, { uscc, person }));
  expect([outcome.type, ...(await found(outcome))]).toEqual(['referred', 'SOURCE_UNAVAILABLE']);
});

test('F11: the legal representative is the applicant in whatever way the registry writes the name and the number', async () => {
  const person = { ...nextPerson(), name: '阿甲·乙丙' };
  for (const name of ['阿甲•乙丙', '阿甲．乙丙', '阿甲·乙丙 ', '阿甲・乙丙']) {
    const uscc = nextUscc();
    const entry = { name, idNumber: person.idNumber.toLowerCase() };
    providers.set(uscc, { registry: { ...CLEAN.registry, uscc, legalRepresentative: entry, owners: [{ ...entry, sharePercent: 100 }] } });
    const outcome = await outcomeOf(kyc, await requestVerification(kyc, { uscc, person: { ...person, mobile: nextPerson().mobile } }));
    expect([name, outcome.type, ...(await found(outcome))]).toEqual([name, 'passed']);
  }
});
