import { RunningSandbox, type SandboxAnswer } from '../../test/running-sandbox.js';
import { STATEMENT, VECTOR_A } from '../../test/vector-a.js';

// Method: the real sandbox; firms are made, listed, changed and refused over HTTP.
const sandbox = new RunningSandbox();
const USCC = VECTOR_A.uscc;
let firm: SandboxAnswer['body'];

beforeAll(async () => {
  await sandbox.start();
  firm = await sandbox.makeFirm('s01', VECTOR_A);
}, 60_000);
afterAll(() => sandbox.stop());

test('the same seed makes the same firms, pages list them all once, and another mix of the seed is refused', async () => {
  const made = (await sandbox.call('POST', '/sandbox/firms/generate', { seed: 42, count: 25 })).body.items;
  expect(made).toHaveLength(25);
  expect(made[0]).toMatchObject({ firmId: 'gen-42-1', source: 'generated', dataSet: null });
  expect(Object.keys(made[0]).sort()).toEqual(
    [
      'firmId',
      'source',
      'dataSet',
      'uscc',
      'name',
      'legalRepresentative',
      'bankAccount',
      'declaredRevenueMinor',
      'industryCode',
      'requestedAmountMinor',
      'tenorMonths',
    ].sort(),
  );
  expect((await sandbox.call('POST', '/sandbox/firms/generate', { seed: 42, count: 25 })).body.items).toEqual(made);
  expect((await sandbox.call('POST', '/sandbox/firms/generate', { seed: 42, count: 25, mix: 'fraudulent' })).body.code).toBe('ID_REUSED');
  const listed: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: SandboxAnswer['body'] = (await sandbox.call('GET', `/sandbox/firms?limit=7${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)).body;
    listed.push(...page.items.map((item: { firmId: string }) => item.firmId));
    cursor = page.nextCursor;
  }
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed).toEqual(expect.arrayContaining(made.map((item: { firmId: string }) => item.firmId)));
  expect((await sandbox.call('GET', '/sandbox/firms?cursor=zzz')).body.code).toBe('VALIDATION_FAILED');
  expect((await sandbox.call('GET', '/sandbox/firms?limit=501')).body.code).toBe('VALIDATION_FAILED');
});

test('a change sets what is given and nothing else; identifiers stay, and a firm that cannot be is refused', async () => {
  expect(firm.profile).toMatchObject({ declaredRevenueMinor: expect.any(String), statement: STATEMENT });
  const again = await sandbox.call('PUT', '/sandbox/firms/s01', VECTOR_A);
  expect([again.status, again.body]).toEqual([200, firm]);
  const changed = await sandbox.call('PUT', '/sandbox/firms/s01', { legalRepresentativeDishonest: true });
  expect(changed.body.profile).toEqual({ ...firm.profile, legalRepresentativeDishonest: true });
  await sandbox.call('PUT', '/sandbox/firms/s01', { legalRepresentativeDishonest: false });
  const code = async (firmId: string, body: unknown): Promise<string> => (await sandbox.call('PUT', `/sandbox/firms/${firmId}`, body)).body.code;
  expect(await code('s01', { uscc: '91990100MA0TE00036' })).toBe('IDENTIFIER_FIXED');
  expect(await code('s01', { mix: 'weak' })).toBe('DRAW_FIXED');
  expect(await code('twin', { uscc: USCC })).toBe('USCC_TAKEN');
  expect(await code('odd', { revenue12mMinor: '100', monthsSinceLastSale: 12 })).toBe('PROFILE_CONTRADICTORY');
  expect(await code('odd', { owners: [{ name: 'x', idNumber: '990101199001010019', sharePercent: 50 }] })).toBe('PROFILE_CONTRADICTORY');
  for (const bad of [
    { color: 'red' },
    { taxClass: 'E' },
    { taxClass: null },
    { statement: { days: 3 } },
    { statement: 5 },
    { legalRepresentative: null },
    { faceScore: 2 },
    { revenue12mMinor: -5 },
  ])
    expect(await code('odd', bad)).toBe('VALIDATION_FAILED');
  expect(await code('%20x', {})).toBe('VALIDATION_FAILED');
  expect((await sandbox.call('GET', '/sandbox/firms/odd')).status).toBe(404);
});
