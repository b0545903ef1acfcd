import { KycRejected, newId } from '@millrace/contracts';
import { OTHER_PARTNER, PARTNER, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { startHub, submit } from '../../test/hub.js';
import { submission, type SubmissionBody } from '../../test/submission.js';

// Goal: what a refusal leaves behind, and what anybody can learn of it. Method: the real service on real PostgreSQL, asked over HTTP as the gateway asks it.
const esign = new EsignDouble();
let hub: TestService;

beforeAll(async () => {
  hub = await startHub(await esign.start());
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

const put = (id: string, body: unknown, by = PARTNER) => hub.call('PUT', `/loan-applications/${id}`, by, body);
const told = async (body: SubmissionBody, by = OTHER_PARTNER) => {
  const id = newId();
  const { status, body: answer, headers } = await put(id, body, by);
  return { status, ...answer, instance: answer.instance?.replace(id, ''), length: headers.get('content-length'), type: headers.get('content-type') };
};
const reject = async (company: SubmissionBody['company'], fraudScore: number, code: string): Promise<string> => {
  const id = await submit(hub, { company });
  await hub.deliver(new KycRejected({ applicationId: id, fraudScore, findings: [{ code, severity: 'red' }], facts: null }));
  return id;
};

test('SEC-12: fraud, another refusal and another partner’s live application have one answer, to the byte, for every product', async () => {
  const [fraud, other, live] = [submission().company, submission().company, submission().company];
  await reject(fraud, 700, 'DEVICE_RING');
  await reject(other, 0, 'ABNORMAL_LIST');
  await submit(hub, { company: live });
  const answers = await Promise.all([fraud, other, live].map((company) => told(submission({ company }))));
  expect(answers[0]).toMatchObject({ status: 409, code: 'APPLICATION_NOT_POSSIBLE' });
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  // The partner whose own application was refused learns no more, and trying other products tells nothing.
  for (const company of [fraud, other]) {
    expect(await told(submission({ company }), PARTNER)).toEqual(answers[0]);
    expect(await told(submission({ company, productCode: 'tax-loan' }))).toEqual(answers[0]);
  }
  expect(await told(submission({ company: live }), PARTNER)).toMatchObject({ code: 'LIVE_APPLICATION_EXISTS' });
  const { rows } = await hub.pool.query('select * from firm_block where uscc = $1', [fraud.uscc]);
  expect(rows.map((row: object) => Object.keys(row))).toEqual([['block_id', 'tenant_id', 'uscc', 'blocked_until', 'recorded_at', 'lifted_at']]);
  expect(rows[0].blocked_until).toEqual(new Date(hub.clock.now().getTime() + 180 * 86_400_000));
});

test.each(['IDENTITY_MISMATCH', 'FACE_MISMATCH', 'LEGAL_REP_MISMATCH'])('T03, T63, SEC-12: after %s the firm may apply again at once', async (code) => {
  const { company } = submission();
  const id = await reject(company, 1_000, code);
  expect((await hub.call('GET', `/loan-applications/${id}`)).body).toMatchObject({ status: 'REJECTED', decision: { outcome: 'declined' } });
  expect((await put(newId(), submission({ company }))).status).toBe(201);
});

test('R-LG-02: a refusal whose event names only the date blocks until then, or not at all', async () => {
  const refused = async (blockedUntil: string | null) => {
    const { company } = submission();
    const applicationId = await submit(hub, { company });
    await hub.deliver(
      new KycRejected({ applicationId, fraudScore: 0, findings: [{ code: 'APPLICATION_NOT_PROCESSED', severity: 'red' }], facts: null, blockedUntil }),
    );
    return (await put(newId(), submission({ company }))).status;
  };
  expect(await refused(null)).toBe(201);
  expect(await refused('2026-03-04T01:00:00.000Z')).toBe(409);
});
