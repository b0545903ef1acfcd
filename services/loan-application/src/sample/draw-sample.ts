import type { EventTransaction } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { openTask } from '@millrace/tasks';
import type { Application } from '../application/application.entity.js';
import { ENGINE_SAMPLE } from './engine-sample.task.js';
import { isSampled } from './sample-policy.js';

/** Asks a person to look at an approval of the engine where it falls into the sample; for all others nothing is sent. */
export async function drawSample(tx: EventTransaction, application: Application, scoreId: string, now: Date): Promise<void> {
  const { applicationId, tenantId, makerId, accountManagerId, policyVersion } = application;
  if (!isSampled(scoreId, policyOf(policyVersion))) return;
  const parties = { maker: makerId, ...(accountManagerId === null ? {} : { accountManager: accountManagerId }) };
  await openTask(tx, ENGINE_SAMPLE, { subjectId: applicationId, subject: { applicationId }, facts: { scoreId }, tenantId, parties }, now);
}
