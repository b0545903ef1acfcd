import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lender } from './lender.js';
import { runProgram } from './run-program.js';
import { S01_FIRM } from '../src/stage/scenario-firms.js';

// Goal: a key of personal data is changed beside a lender at work, and nothing is lost or unreadable (SEC-10).
// Method: the whole lender; `lendctl keys rotate` as the operator starts it, while applications come in, are paid out, and wait half-way; then the old key goes.
const TIMEOUT_MS = 240_000;
/** Applications that go through beside the command, at the same time. */
const LANES = 3;
const lender = new Lender();
beforeAll(() => lender.start(), 60_000);
afterAll(() => lender.stop());

let made = 0;

async function offered(): Promise<string> {
  made += 1;
  const applicationId = await lender.apply(await lender.firm(`rotation-${made}`, { ...S01_FIRM, seed: 700 + made, bureauFound: true, ownerBureauFound: true }));
  await lender.reaches(applicationId, 'OFFERED');
  return applicationId;
}

async function paid(applicationId: string): Promise<string> {
  await lender.takeOffer(applicationId);
  return applicationId;
}

/** Starts the installation anew with other keys, as the operator does by its file of secrets. */
async function startWith(keys: (now: string) => string): Promise<void> {
  await lender.system.running.stop();
  const file = join(lender.dataDirectory, 'secrets.json');
  const secrets = JSON.parse(readFileSync(file, 'utf8')) as { fieldKeys: string };
  writeFileSync(file, JSON.stringify({ ...secrets, fieldKeys: keys(secrets.fieldKeys) }));
  await lender.start();
}

const lendctl = (...args: string[]) => runProgram('services/lendctl/src/main.ts', ...args, '--data-dir', lender.dataDirectory);
const keysOf = (schema: string, table: string) =>
  lender.sql<{ key: string; count: number }>(
    schema,
    `select split_part(wrapped_key, '.', 1) as key, count(*)::int as count from ${table} group by 1 order by 1`,
  );

test(
  'SEC-10: keys are rotated while applications flow: every one is paid, every record opens under the new key alone',
  async () => {
    const before = [await paid(await offered()), await offered(), await offered()];
    const newKey = `k2:${randomBytes(32).toString('base64')}`;
    await startWith((now) => `${newKey},${now}`);

    let ended = false;
    const rotation = lendctl('keys', 'rotate', '--yes', '--by', 'olga').finally(() => (ended = true));
    const beside: string[] = [];
    const lane = async (): Promise<void> => {
      do beside.push(await paid(await offered()));
      while (!ended);
    };
    const [{ code, output }] = await Promise.all([rotation, paid(before[1]!), ...Array.from({ length: LANES }, lane)]);
    expect([code, output]).toEqual([0, expect.stringContaining('k1')]);
    expect(beside.length).toBeGreaterThanOrEqual(LANES);

    await startWith(() => newKey);
    await paid(before[2]!);
    const all = [...before, ...beside];
    for (const [schema, table] of [
      ['kyc_antifraud', 'applicant_record'],
      ['disbursement', 'payee'],
    ] as const)
      expect([table, await keysOf(schema, table)]).toEqual([table, [{ key: 'k2', count: all.length }]]);
    for (const applicationId of all) {
      const seen = await lender.call('demo-risk-officer', 'GET', `/v1/loan-applications/${applicationId}/verification`);
      expect([seen.status, seen.body.applicant?.name]).toEqual([200, expect.stringMatching(/\*/)]);
      const payouts = await lender.call('demo-payment-officer', 'GET', `/v1/loan-applications/${applicationId}/payouts`);
      expect(payouts.body.items).toMatchObject([{ status: 'PAID', heldReason: null, payee: { accountNumber: expect.stringMatching(/\*/) } }]);
    }
    expect((await lender.verify()).filter(({ findings }) => findings.length > 0)).toEqual([]);
    for (const schema of ['loan_application', 'kyc_antifraud', 'scoring', 'disbursement', 'post_loan_monitoring'])
      expect([schema, await lender.sql(schema, 'select type, reason from parked_event')]).toEqual([schema, []]);
  },
  TIMEOUT_MS,
);
