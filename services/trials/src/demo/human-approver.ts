import { setTimeout as delay } from 'node:timers/promises';
import { type GatewayClient, GatewayProblem, type ReviewTaskView } from '@millrace/client';
import { newId } from '@millrace/contracts';
import { DECIDE_REVIEW, LIST_REVIEW_TASKS } from '@millrace/contracts/api';

const LOOK_EVERY_MS = 300;
/** With more than one thing that wants a look the officer does not clear it. */
const CLEARABLE_FINDINGS = 1;
const LEAST_RISK_INDEX = 50;

/** What a person decided, and why. */
export interface HumanDecision {
  readonly applicationId: string;
  readonly stage: string;
  readonly decision: 'approve' | 'reject';
  readonly reasonCode: string;
  /** In whose name, and on which grounds, in one line for people. */
  readonly comment: string;
}

function codesOf({ reasons }: ReviewTaskView): string {
  return reasons.map(({ code }) => code).join(', ') || 'no reason given';
}

function reviewVerification(task: ReviewTaskView): Omit<HumanDecision, 'applicationId' | 'stage'> {
  const ambers = (task.figures.findings ?? []).filter(({ severity }) => severity === 'amber').length;
  return ambers <= CLEARABLE_FINDINGS
    ? { decision: 'approve', reasonCode: 'CHECKED_BY_PHONE', comment: `cleared (${codesOf(task)}; findings: ${ambers})` }
    : { decision: 'reject', reasonCode: 'FRAUD_CONFIRMED', comment: `confirmed (${codesOf(task)}; findings: ${ambers})` };
}

function reviewApproval(task: ReviewTaskView): Omit<HumanDecision, 'applicationId' | 'stage'> {
  const riskIndex = task.figures.riskIndex ?? 0;
  if (task.tier !== 'T1')
    return { decision: 'reject', reasonCode: 'ABOVE_AUTHORITY', comment: `declined, tier ${task.tier} needs a committee (${codesOf(task)})` };
  return riskIndex >= LEAST_RISK_INDEX
    ? { decision: 'approve', reasonCode: 'WITHIN_AUTHORITY', comment: `approved (${codesOf(task)}; risk index ${riskIndex})` }
    : { decision: 'reject', reasonCode: 'AFFORDABILITY', comment: `declined (${codesOf(task)}; risk index ${riskIndex})` };
}

/** How the demo's staff decide: a plain rule that stands in for a person's judgement, through the same REST that a console would use. */
export function decideTask(task: ReviewTaskView): HumanDecision {
  const { applicationId, stage } = task;
  if (stage === 'verification') return { applicationId, stage, ...reviewVerification(task) };
  if (stage === 'approval') return { applicationId, stage, ...reviewApproval(task) };
  return { applicationId, stage, decision: 'reject', reasonCode: 'PAYOUT_REFUSED', comment: `payout given up (${codesOf(task)})` };
}

/** Stages at which one person decides at the desk. */
export type OnePersonStage = Exclude<ReviewTaskView['stage'], 'committee' | 'visit'>;

export const isOnePersons = (task: ReviewTaskView): task is ReviewTaskView & { readonly stage: OnePersonStage } =>
  task.stage !== 'committee' && task.stage !== 'visit';

/** Members of staff at work: each looks at the queue and decides the tasks of its own stage. */
export class HumanApprovers {
  readonly decisions: HumanDecision[] = [];
  readonly #stopping = new AbortController();
  #work: Promise<void> | undefined;

  /** `staff` by stage: who may decide there. Only tasks of applications that are `ours` are decided: a running system may have others. */
  constructor(
    private readonly staff: Readonly<Record<OnePersonStage, GatewayClient>>,
    private readonly ours: (applicationId: string) => boolean,
    private readonly onDecision: (decision: HumanDecision) => void,
  ) {}

  start(): void {
    this.#work = this.#run();
    // `stop` tells it; until then it is nobody's unhandled rejection.
    this.#work.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#work;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const { items } = await this.staff.verification.ask(LIST_REVIEW_TASKS, { status: 'open', limit: 200 });
      await Promise.all(items.filter(({ applicationId }) => this.ours(applicationId)).map((task) => this.#decide(task)));
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #decide(task: ReviewTaskView): Promise<void> {
    if (!isOnePersons(task)) return;
    const { decision, reasonCode, comment, ...rest } = decideTask(task);
    try {
      const ids = { reviewTaskId: task.reviewTaskId, decisionId: newId() };
      await this.staff[task.stage].ask(DECIDE_REVIEW, ids, { decision, reasonCode, comment });
    } catch (error) {
      // The application went on meanwhile, or its data has not come yet; the next look shows which.
      if (error instanceof GatewayProblem && error.status === 409) return;
      throw error;
    }
    this.decisions.push({ decision, reasonCode, comment, ...rest });
    this.onDecision(this.decisions.at(-1)!);
  }
}
