import { formerEventTypes, LoanApplicationSubmitted, newId } from '@millrace/contracts';
import { gateway } from '@millrace/gateway';
import type { ServiceDefinition } from '@millrace/service';
import { asFormerRecord } from '@millrace/testing';
import { HistoryTemplates } from '../../test/history-templates.js';
import { HISTORIES } from '../../test/loan-histories.js';
import { QuietInstallation } from '../../test/quiet-installation.js';

// Goal: a log whose older records have the names of before the change of event types, and whose newer ones have those of today, is one log.

const APPLICATIONS = 24;
const templates = new HistoryTemplates(HISTORIES);
const records = Array.from({ length: APPLICATIONS }, (_, number) => templates.recordsOf(number)).flat();
const REPLAY = ['replay', '--consumer', 'gateway', '--from', '0', '--yes'];

let installation: QuietInstallation;
beforeEach(async () => {
  installation = await QuietInstallation.open([gateway as unknown as ServiceDefinition]);
});
afterEach(() => installation.close());

/** The read model, without the places of records, which differ from log to log. */
async function model(): Promise<unknown[]> {
  const entries = await installation.sql('gateway', 'select to_jsonb(t) - $1::text[] as row from timeline_entry t order by event_id', [['log_offset']]);
  return [...entries, ...(await installation.sql('gateway', 'select * from application_owner order by application_id'))];
}

test('old-named and new-named records give the same read model; a replay and a rebuild across the change find nothing to mend', async () => {
  await installation.log.append(records);
  expect(await installation.json(...REPLAY)).toMatchObject({ refused: 0 });
  const ofToday = await model();
  expect(ofToday.length).toBeGreaterThan(APPLICATIONS * 5);

  // The same facts once more, the older half as they were written before.
  await installation.sql('event_log', 'truncate record; update topic_partition set next_offset = 0');
  await installation.sql('gateway', 'truncate timeline_entry, application_owner, inbox');
  const half = Math.floor(records.length / 2);
  await installation.log.append([...records.slice(0, half).map(asFormerRecord), ...records.slice(half)]);
  expect(await installation.json(...REPLAY)).toMatchObject({ refused: 0 });
  expect(await model()).toEqual(ofToday);
  expect(await installation.json(...REPLAY)).toMatchObject({ new: 0, refused: 0 });
  expect(await installation.json('rebuild', '--model', 'timeline', '--dry-run')).toMatchObject({ equal: true });
});

test('an event that was seen under its former name is known under the present one, and a fact told again is no second row', async () => {
  await installation.log.append(records.map(asFormerRecord));
  await installation.json(...REPLAY);
  const before = await model();
  const again = records.map((record) => ({ ...record, headers: { ...record.headers, ce_id: newId() } }));
  await installation.log.append([...records, ...again]);
  const { new: fresh, duplicates } = await installation.json(...REPLAY);
  expect(fresh).toBe(duplicates / 2);
  expect(await model()).toEqual(before);
});

test('an event that was parked under its former name is listed and retried; the story tells its present name', async () => {
  const applicationId = newId();
  const terms = { productCode: 'p', requestedAmountMinor: '1', currency: 'CNY', tenorMonths: 12, repaymentMethod: 'equal_instalment' } as const;
  const who = { tenantId: 't1', partnerId: 'p1', uscc: '91990100MA0TE0001X', policyVersion: 'v0', submittedAt: '2026-03-02T01:00:00Z' };
  const event = new LoanApplicationSubmitted({ applicationId, ...terms, ...who });
  await installation.append(event, newId(), (record) => ({ ...asFormerRecord(record), value: Buffer.from('{"broken":true}') }));
  await installation.lendctl(...REPLAY);
  // As the version of before wrote it.
  const former = formerEventTypes().find(([type]) => type === 'lending.loan-application.submitted.v1')!;
  const whole = JSON.stringify(event);
  await installation.sql('gateway', 'update parked_event set type = $1, value = $2', [former[0], Buffer.from(whole)]);
  expect(await installation.json('parked', 'list', '--consumer', 'gateway')).toMatchObject([{ key: applicationId }]);
  expect((await installation.lendctl('parked', 'retry', '--consumer', 'gateway', '--key', applicationId, '--yes')).exitCode).toBe(0);
  expect(await model()).toMatchObject([
    { row: { application_id: applicationId, type: 'lending.loan-application.submitted' } },
    { application_id: applicationId },
  ]);
  expect(await installation.json('events', '--application', applicationId)).toMatchObject({ events: [{ type: former[1], source: 'loan-application' }] });
});
