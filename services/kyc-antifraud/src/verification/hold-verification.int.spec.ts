import { RISK_OFFICER, sayAbout, taskAbout, until, type TestService } from '@millrace/testing';
import { CLEAN, RecordingProviders } from '../../test/recording-providers.js';
import { nextPerson, nextUscc, outcomeOf, parkedRound, requestVerification, startKyc } from '../../test/verified-firm.js';
import { RECORD_NOT_TRUSTED } from './record-not-trusted.task.js';

// Goal: nobody is asked about a person who was put in another one's place (SEC-10); the verification is held and told, and goes on once the record is back.
// Method: the table of applicants is changed with the service's own rights, as somebody would who has stolen its login.
const providers = new RecordingProviders();
const lines: string[] = [];
let kyc: TestService;
beforeAll(async () => {
  kyc = await startKyc(await providers.start(), { logTo: { write: (line) => void lines.push(line) } });
}, 120_000);
afterAll(async () => {
  await kyc.stop();
  await providers.stop();
});

const COLUMNS = 'wrapped_key, name_encrypted, id_number_encrypted, mobile_encrypted, content_index, id_number_index, mobile_index';
const copyOf = (columns: string): string =>
  `update applicant_record v set (${columns}) = (select ${columns} from applicant_record t where t.applicant_record_id = $2) where v.applicant_record_id = $1`;
const itemOf = (applicationId: string) => taskAbout(kyc, RECORD_NOT_TRUSTED, { applicationId }, 'open');
const jobs = async (applicationId: string) =>
  (await kyc.pool.query(`select 1 from _private_jobs where payload ->> 'applicationId' = $1`, [applicationId])).rowCount;

/** An application whose record stands in for none. */
async function thief(): Promise<string> {
  let record = '';
  await outcomeOf(
    kyc,
    await requestVerification(kyc, { uscc: nextUscc(), person: nextPerson() }, async (id) => {
      record = id;
    }),
  );
  return record;
}

test.each([
  ['all of another record, its data key and its hashes too', copyOf(COLUMNS)],
  ['the name of another record', copyOf('name_encrypted')],
])('SEC-10: with %s in its place nobody is asked: the verification is held and told, with no dead job', async (_what, change) => {
  const other = await thief();
  const [uscc, asked] = [nextUscc(), providers.calls.length];
  const applicationId = await requestVerification(kyc, { uscc, person: nextPerson() }, (record) => kyc.pool.query(change, [record, other]));
  const item = await until(() => itemOf(applicationId), 'the held item');
  expect(item).toMatchObject({ kind: 'record-not-trusted', subject: { applicationId }, facts: { found: expect.stringContaining('applicant_record') } });
  await until(async () => (await jobs(applicationId)) === 0, 'the end of the job');
  expect(providers.calls.length).toBe(asked);
  expect(await kyc.events(applicationId)).toEqual([]);
  expect(lines.some((line) => line.includes('a verification is held') && line.includes(applicationId))).toBe(true);
  expect(await (await fetch(`${kyc.operationsUrl}/metrics`)).text()).toMatch(/^millrace_held_items\{(?=.*record-not-trusted).*\} [1-9]/m);
});

test('SEC-10: a record that is given to another application between two rounds is found by the next one', async () => {
  const uscc = nextUscc();
  providers.set(uscc, { tax: 503 });
  let record = '';
  const applicationId = await requestVerification(kyc, { uscc, person: nextPerson() }, async (id) => {
    record = id;
  });
  await parkedRound(kyc, applicationId);
  await kyc.pool.query('update applicant_record set application_id = gen_random_uuid() where applicant_record_id = $1', [record]);
  const asked = providers.about(uscc).length;
  kyc.clock.advance(5_000);
  expect((await until(() => itemOf(applicationId), 'the held item')).facts).toEqual({ found: expect.stringContaining('is not its own') });
  expect(providers.about(uscc)).toHaveLength(asked);
  expect(await kyc.events(applicationId)).toEqual([]);
});

test('SEC-10: staff get one clear problem for a record that is not trusted, and the log names it', async () => {
  const other = await thief();
  const uscc = nextUscc();
  providers.set(uscc, { identity: { ...CLEAN.identity, phoneMatched: false } });
  let record = '';
  const applicationId = await requestVerification(kyc, { uscc, person: nextPerson() }, async (id) => {
    record = id;
  });
  await outcomeOf(kyc, applicationId);
  await kyc.pool.query(copyOf('name_encrypted'), [record, other]);
  for (const path of ['verifications', 'persons']) {
    const { status, body } = await kyc.call('GET', `/${path}/${applicationId}`, RISK_OFFICER);
    expect([path, status, body.code]).toEqual([path, 409, 'RECORD_NOT_TRUSTED']);
  }
  expect(lines.some((line) => line.includes('a stored record is not what was stored') && line.includes(record))).toBe(true);
});

test('SEC-10: two persons let a held verification go on, not before its record is what was stored', async () => {
  const other = await thief();
  const uscc = nextUscc();
  const saved: Record<string, string>[] = [];
  let record = '';
  const applicationId = await requestVerification(kyc, { uscc, person: nextPerson() }, async (id) => {
    record = id;
    saved.push(...(await kyc.pool.query<Record<string, string>>('select name_encrypted from applicant_record where applicant_record_id = $1', [id])).rows);
    await kyc.pool.query(copyOf('name_encrypted'), [id, other]);
  });
  const { taskId } = await until(() => itemOf(applicationId), 'the task');
  const decide = async (): Promise<void> => {
    expect(await sayAbout(kyc, RECORD_NOT_TRUSTED, taskId, { decision: 'go-on', reason: 'RECORD_RESTORED' }, 'olga', 'anna')).toBe('decided');
  };
  await decide();
  const refused = await until(async () => {
    const item = await itemOf(applicationId);
    return item?.failure ? item : undefined;
  }, 'the refusal');
  expect(refused.failure).toContain('restore the record first');
  await kyc.pool.query('update applicant_record set name_encrypted = $2 where applicant_record_id = $1', [record, saved[0]!['name_encrypted']]);
  await decide();
  expect((await outcomeOf(kyc, applicationId)).type).toBe('passed');
});
