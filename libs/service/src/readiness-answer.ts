import { problemBody } from './problem.js';
import type { Condition } from './readiness.js';

export const READY_PATH = '/health/ready';
const RETRY_AFTER_S = 5;

/** What is said of a condition, on whatever port it is asked for. */
export interface ReadinessAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A refusal is an answer like any other, and no fault for the log. */
export function readinessAnswer({ status, trouble }: Condition): ReadinessAnswer {
  if (status !== 'unready')
    return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: { status, ...(trouble.length > 0 ? { trouble } : {}) } };
  const problem = {
    status: 503,
    code: 'NOT_READY',
    title: `This service cannot work now: ${trouble.map(({ what }) => what).join(', ')}.`,
    detail: trouble.map(({ what, why }) => `${what}: ${why}`).join('; '),
  };
  return {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'retry-after': String(RETRY_AFTER_S) },
    body: problemBody(problem, READY_PATH),
  };
}
