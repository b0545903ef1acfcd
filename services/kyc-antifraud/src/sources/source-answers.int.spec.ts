import { nameSha256 } from '@millrace/contracts';
import type { TestService } from '@millrace/testing';
import { CLEAN, RecordingProviders } from '../../test/recording-providers.js';
import { codesOf, nextPerson, nextUscc, outcomeOf, requestVerification, startKyc, type OutcomeEvent, type TestRequest } from '../../test/verified-firm.js';

// Method: the real service on real PostgreSQL and the real log; every party of docs/provider-contract.md answers what a test says, over HTTP.
const providers = new RecordingProviders();
let kyc: TestService;

beforeAll(async () => {
  kyc = await startKyc(await providers.start());
}, 120_000);
afterAll(async () => {
  await kyc.stop();
  await providers.stop();
});

const request = (change: Partial<TestRequest> & { uscc: string }): Promise<string> => requestVerification(kyc, { person: nextPerson(), ...change });
const verified = async (change: Partial<TestRequest> & { uscc: string }): Promise<OutcomeEvent> => outcomeOf(kyc, await request(change));

const NOBODY = { name: '测试甲', idNumber: '990101199001010019' };
const hit = (list: string, matchScore: number) => ({ hits: [{ subjectIndex: 0, list, matchScore, listedName: 'SOMEBODY' }] });
test.each([
  ['S10a, the legal representative', { courts: { ...CLEAN.courts, legalRepresentativeDishonest: true, enforcementCases: 2 } }, 'DISHONEST_DEBTOR'],
  ['S10a, the firm', { courts: { ...CLEAN.courts, dishonestDebtor: true } }, 'DISHONEST_DEBTOR'],
  ['S10a, by list', { watchlists: hit('dishonest_debtor', 1) }, 'DISHONEST_DEBTOR'],
  ['S10c', { tax: { ...CLEAN.tax, taxClass: 'D' } }, 'TAX_CLASS_D'],
  ['sanctions, under a neutral code', { watchlists: hit('sanctions', 1) }, 'APPLICATION_NOT_PROCESSED'],
  ['an alias on the special-measure list', { watchlists: hit('special_measures', 0.95) }, 'APPLICATION_NOT_PROCESSED'],
])('%s: a hard list rejects, and the facts are there for reject inference', async (_, answers, code) => {
  const uscc = nextUscc();
  providers.set(uscc, answers);
  const { type, payload } = await verified({ uscc });
  expect(type).toBe('rejected');
  expect(payload.findings[0]).toMatchObject({ code, severity: 'red' });
  expect(payload.facts?.invoices).not.toBeNull();
});

test('M-FR-16, R-LG-02: a name that only resembles a listed one goes to a person', async () => {
  const uscc = nextUscc();
  providers.set(uscc, { watchlists: hit('sanctions', 0.9) });
  const outcome = await verified({ uscc });
  expect([outcome.type, ...codesOf(outcome)]).toEqual(['referred', 'MANUAL_CHECK']);
  expect(outcome.text).not.toContain('SOMEBODY');
});

test.each([
  ['S10b', { abnormalListed: true }, 'rejected', 'ABNORMAL_LIST'],
  ['G-PL-01', { seriousViolation: true }, 'rejected', 'SERIOUS_VIOLATION'],
  ['M-AM-05', { status: 'revoked' }, 'rejected', 'FIRM_NOT_OPERATING'],
  ['R-CR-04: another id number', { legalRepresentative: { name: '测试甲', idNumber: '990101199001010019' } }, 'referred', 'LEGAL_REP_MISMATCH'],
  ['G-AM-07', { owners: Array.from({ length: 5 }, (_, n) => ({ name: `甲${n}`, idNumber: `9${n}`, sharePercent: 20 })) }, 'passed', 'BENEFICIAL_OWNER_UNKNOWN'],
])('registry, %s: %j is %s with %s', async (_, entry, type, code) => {
  const uscc = nextUscc();
  const person = nextPerson();
  const { name, idNumber } = person;
  providers.set(uscc, {
    registry: { ...CLEAN.registry, uscc, legalRepresentative: { name, idNumber }, owners: [{ name, idNumber, sharePercent: 100 }], ...entry },
  });
  const outcome = await verified({ uscc, person });
  expect([outcome.type, ...codesOf(outcome)]).toEqual([type, code]);
});

test.each([
  ['another dot', { name: '阿甲•乙丙' }],
  ['a wide dot', { name: '阿甲．乙丙' }],
  ['a space at the end', { name: '阿甲·乙丙 ' }],
  ['a small x', { idNumber: '99010119900101006x' }],
  ['wide digits', { idNumber: '９９０１０１１９９００１０１００６Ｘ' }],
])('F11: the registry writes the legal representative with %s, and it is the same person; the text is kept as it came', async (_, written) => {
  const uscc = nextUscc();
  const person = { name: '阿甲·乙丙', idNumber: '99010119900101006X', mobile: nextPerson().mobile };
  const legalRepresentative = { name: person.name, idNumber: person.idNumber, ...written };
  providers.set(uscc, { registry: { ...CLEAN.registry, uscc, legalRepresentative, owners: [{ ...legalRepresentative, sharePercent: 100 }] } });
  const outcome = await verified({ uscc, person });
  expect([outcome.type, ...codesOf(outcome)]).toEqual(['passed']);
  const subjects = providers.about(uscc).find(({ party }) => party === 'watchlists')!.body['subjects'] as { name: string }[];
  expect(subjects.map(({ name }) => name)).toContain(legalRepresentative.name);
  expect(subjects).toHaveLength(2);
});

test('G-AM-04, R-LG-02: a beneficial owner beside the applicant is screened too, a small one is not', async () => {
  const uscc = nextUscc();
  const person = nextPerson();
  const { name, idNumber } = person;
  const owners = [
    { name, idNumber, sharePercent: 51 },
    { name: '乙', idNumber: '2', sharePercent: 25 },
    { name: '丙', idNumber: '3', sharePercent: 24 },
  ];
  providers.set(uscc, { registry: { ...CLEAN.registry, uscc, legalRepresentative: { name, idNumber }, owners } });
  expect((await verified({ uscc, person })).type).toBe('passed');
  const subjects = providers.about(uscc).find(({ party }) => party === 'watchlists')!.body['subjects'] as { name: string }[];
  expect(subjects.map((subject) => subject.name)).toEqual([CLEAN.registry.name, name, '乙']);
});

test('S07: a bureau without a record has null figures, which are no clean ones; the file is thin', async () => {
  const uscc = nextUscc();
  const none = { overdueNow: null, maxOverdueDays: null };
  providers.set(uscc, {
    'enterprise-queries': { found: false, ...none, totalDebtMinor: null, unsecuredDebtMinor: null, lenderCount: null },
    'personal-queries': { found: false, ...none },
  });
  const outcome = await verified({ uscc });
  expect([outcome.type, ...codesOf(outcome)]).toEqual(['passed', 'THIN_FILE']);
  expect(outcome.payload.facts).toMatchObject({ bureauRecordFound: false, bureauClean: null, ownerBureauClean: null, totalDebtMinor: null, lenderCount: null });
});

test('a filed statement becomes cash flow and working-capital need (G-WC-10, vector d)', async () => {
  const uscc = nextUscc();
  const statement = {
    cfads12mMinor: '42000000',
    ownFundsMinor: '80000000',
    profitMarginBps: 800,
    growthBps: 1000,
    inventoryDays: 45,
    receivableDays: 60,
    payableDays: 40,
    prepaidDays: 10,
    advanceDays: 5,
    workingCapitalLoansMinor: '90000000',
    otherChannelsMinor: '0',
    revenuePriorYearMinor: '1200000000',
  };
  providers.set(uscc, { tax: { ...CLEAN.tax, statement } });
  expect((await verified({ uscc })).payload.facts).toMatchObject({ taxClass: 'B', cfads12mMinor: '42000000', workingCapitalNeedMinor: '66133333' });
});

test.each([
  ['courts', { enforcementCases: 0 }],
  ['registry', { ...CLEAN.registry, owners: [] }],
  ['tax', { taxClass: 'B', taxPaid12mMinor: '1', arrearsMinor: '0', declaredAnnualRevenueMinor: '4000000' }],
  ['enterprise-queries', { found: true, overdueNow: null, maxOverdueDays: null, totalDebtMinor: null, unsecuredDebtMinor: null, lenderCount: null }],
  ['registry', { ...CLEAN.registry, legalRepresentative: NOBODY, owners: [], establishedOn: '2019-02-31' }],
  ['registry', { ...CLEAN.registry, legalRepresentative: NOBODY, owners: [], legalRepresentativeSince: '2026-02-31' }],
  ['registry', { ...CLEAN.registry, legalRepresentative: NOBODY, owners: [], establishedOn: '0000-01-01' }],
])(
  'F15: an answer of %s with a field missing, or a day that is not in the calendar, counts as no answer and goes to a person at once',
  async (party, answer) => {
    const uscc = nextUscc();
    providers.set(uscc, { [party]: answer });
    const outcome = await verified({ uscc });
    expect([outcome.type, ...codesOf(outcome)]).toEqual(['referred', 'SOURCE_UNAVAILABLE']);
  },
);

test('a firm that no register knows goes to a person, whatever its check character; nothing is assumed', async () => {
  const uscc = nextUscc();
  providers.set(uscc, { registry: null, tax: null, invoices: null, courts: null });
  const outcome = await verified({ uscc });
  expect(outcome.type).toBe('referred');
  expect(outcome.payload.findings).toMatchObject([{ code: 'REGISTRY_NOT_FOUND' }, { code: 'SOURCE_UNAVAILABLE', observed: '3 sources' }]);
  expect(outcome.payload.facts).toMatchObject({ monthsInBusiness: 0, industryCode: 'UNKNOWN', taxClass: null, invoices: null });
});

test.each([
  ['the registered name', '样例商贸有限公司', 'passed', []],
  ['the registered name in another width, with blanks', ' 样例商贸　有限公司 ', 'passed', []],
  ['another name', '另一家公司', 'referred', ['COMPANY_NAME_MISMATCH']],
])('T17, SEC-9: %s in the application: what the registry calls the firm counts, and a person looks at any other', async (_, companyName, type, codes) => {
  const outcome = await verified({ uscc: nextUscc(), companyName });
  expect([outcome.type, codesOf(outcome)]).toEqual([type, codes]);
  expect(outcome.payload.facts?.registeredNameSha256).toBe(nameSha256(CLEAN.registry.name));
  expect(outcome.text).not.toContain(CLEAN.registry.name);
});
