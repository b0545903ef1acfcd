import { MAX_EVIDENCE_FILES, newId } from '@millrace/contracts';
import { ACCOUNT_MANAGER, PARTNER, RISK_OFFICER, staff, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { startHub, submit } from '../../test/hub.js';
import { unknownEvidence } from './known-evidence.js';

// Goal: an application knows its files by id and hash, once each, and tells of them (R-AP-03). Method: the real hub on real PostgreSQL.
const esign = new EsignDouble();
let hub: TestService;
beforeAll(async () => {
  hub = await startHub(await esign.start());
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

const FILE = { kind: 'trade_contract', mediaType: 'application/pdf', bytes: 1_000, sha256: 'ab'.repeat(32), scan: 'clean' };
const add = (applicationId: string, evidenceId: string, body: object = FILE, by = PARTNER): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/evidence/${evidenceId}`, by, body);

test('R-AP-03: a file is added once, is in the history, and the timeline is told without a word of its content', async () => {
  const applicationId = await submit(hub);
  const evidenceId = newId();
  const answers = [await add(applicationId, evidenceId), await add(applicationId, evidenceId)];
  expect(answers.map(({ status }) => status)).toEqual([201, 200]);
  expect(answers[0]!.body).toEqual({ evidenceId, ...FILE, uploadedBy: PARTNER.id, uploadedAt: hub.clock.now().toISOString() });
  expect(answers[1]!.body).toEqual(answers[0]!.body);
  expect((await hub.call('GET', `/loan-applications/${applicationId}/evidence`)).body.items).toEqual([answers[0]!.body]);
  const told = (await hub.events(applicationId)).filter(({ type }) => type === 'evidence-added');
  expect(told.map(({ payload }) => payload)).toEqual([
    {
      applicationId,
      evidenceId,
      kind: 'trade_contract',
      sha256: FILE.sha256,
      bytes: 1_000,
      scan: 'clean',
      byStaff: false,
      addedAt: hub.clock.now().toISOString(),
    },
  ]);
  const { body } = await hub.call('GET', `/loan-applications/${applicationId}/history`, RISK_OFFICER);
  expect(body.items.at(-1)).toMatchObject({ trigger: 'EvidenceAdded', evidence: { evidenceId, contentSha256: FILE.sha256 } });
});

test('another content, another application, another partner, a role that has no business here', async () => {
  const [applicationId, other] = [await submit(hub), await submit(hub)];
  const evidenceId = newId();
  await add(applicationId, evidenceId);
  const refused = [
    await add(applicationId, evidenceId, { ...FILE, sha256: 'cd'.repeat(32) }),
    await add(other, evidenceId),
    await add(applicationId, newId(), FILE, { ...PARTNER, partnerId: 'partner-9', id: 'client-9' }),
    await add(applicationId, newId(), FILE, staff('cora', 'compliance')),
    await add(applicationId, newId(), { ...FILE, kind: 'love_letter' }),
  ];
  expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
    [409, 'ID_REUSED'],
    [409, 'ID_REUSED'],
    [404, 'NOT_FOUND'],
    [403, 'FORBIDDEN'],
    [400, 'VALIDATION_FAILED'],
  ]);
});

test('R-LG-02: a file of the lender’s own people is for them alone', async () => {
  const applicationId = await submit(hub);
  const [mine, theirs] = [newId(), newId()];
  await add(applicationId, mine);
  expect((await add(applicationId, theirs, FILE, ACCOUNT_MANAGER)).status).toBe(201);
  const seen = async (by: typeof PARTNER): Promise<string[]> =>
    (await hub.call('GET', `/loan-applications/${applicationId}/evidence`, by)).body.items.map(({ evidenceId }: { evidenceId: string }) => evidenceId);
  expect([await seen(PARTNER), await seen(RISK_OFFICER)]).toEqual([[mine], [mine, theirs]]);
  expect((await hub.call('GET', `/loan-applications/${applicationId}/evidence/${theirs}`)).status).toBe(404);
});

test('an application takes so many files and no more, and commands learn which ids are not its own', async () => {
  const [applicationId, other] = [await submit(hub), await submit(hub)];
  const ids = Array.from({ length: MAX_EVIDENCE_FILES }, () => newId());
  const answers = await Promise.all(ids.map((id) => add(applicationId, id)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  const { status, body } = await add(applicationId, newId());
  expect([status, body.code]).toEqual([409, 'TOO_MANY_FILES']);
  const foreign = newId();
  await add(other, foreign);
  const tx = hub.pool as unknown as Parameters<typeof unknownEvidence>[0];
  expect(await unknownEvidence(tx, applicationId, [ids[0]!, foreign, ids[1]!, foreign])).toEqual([foreign]);
  expect(await unknownEvidence(tx, applicationId, [])).toEqual([]);
});
