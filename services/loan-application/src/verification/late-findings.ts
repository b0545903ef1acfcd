import { canonicalJson, type Finding } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { openFindings } from '@millrace/reasons';
import { addFacts } from '@millrace/tasks';
import type { Outcome } from '../application/application-change.js';
import type { Application } from '../application/application.entity.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { REVIEW_KINDS } from '../review-task/review.task.js';

/** Adds what the sources said after a person was asked to the open task, marked as new, so that nobody decides on what was there before it (R-AP-08). */
export async function addLateFindings(
  tx: EventTransaction,
  { verification: known }: Pick<Application, 'verification'>,
  { application, effect }: Outcome,
  findings: readonly Finding[],
): Promise<void> {
  const { applicationId, status, updatedAt } = application;
  if (effect !== 'recorded' || APPLICATION_PROCESS.rule(status).task !== 'verification') return;
  // The same again is no news.
  if (known && canonicalJson(known.findings) === canonicalJson(findings)) return;
  const news = [{ what: 'verification', at: updatedAt.toISOString() }];
  await addFacts(tx, [REVIEW_KINDS.verification], applicationId, { figures: { findings: openFindings(findings), news } });
}
