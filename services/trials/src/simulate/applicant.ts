import { applicationOf, type BodyArgument, type ReviewTaskView, type SandboxClient, type SandboxFirm } from '@millrace/client';
import { businessDate, newId, type Clock } from '@millrace/contracts';
import {
  ACCEPT_OFFER,
  CANCEL_APPLICATION,
  DECIDE_REVIEW,
  DECLINE_OFFER,
  LIST_REVIEW_TASKS,
  RECORD_REPAYMENT,
  SHOW_CONTRACT,
  SHOW_LOAN,
  SHOW_OFFER,
  SIGN_CONTRACT,
  SUBMIT_APPLICATION,
  type BodyOf,
  type ParametersOf,
  type ReplyOf,
  type Route,
} from '@millrace/contracts/api';
import { APPLICATION_PROCESS } from '@millrace/loan-application/application-process';
import { LOAN_PROCESS } from '@millrace/post-loan-monitoring/loan-process';
import { LENDER_ACCOUNT } from '@millrace/standalone/ready-made-clients';
import { decideTask, isOnePersons, type OnePersonStage } from '../demo/human-approver.js';
import type { Behaviour } from './behaviour.js';
import { BrokenInvariant } from './broken-invariant.js';
import { ruleOf, type Standing } from './read-standings.js';
import type { RestAnswer, RestClient } from './rest-client.js';

/** Whom an applicant's story needs. */
export interface Clients {
  readonly partner: RestClient;
  /** The bank through which the firm pays. */
  readonly bank: Pick<SandboxClient, 'pay'>;
  readonly staff: Readonly<Record<OnePersonStage, RestClient>>;
}

/** Something that one application's partner or staff can do now. */
export type Act = 'submit' | 'accept' | 'decline' | 'sign' | 'withdraw' | 'review' | 'repay a part' | 'repay everything';

/** A write with its own id and content, which stay the same however often it is sent. */
interface Write {
  readonly send: () => Promise<RestAnswer<object>>;
  /** Id of the write, for the check that it was kept. */
  readonly id: string;
  readonly amountMinor?: string;
}

/** A write that was answered with yes: it must never be lost. */
export interface Accepted {
  readonly act: Act;
  readonly id: string;
  readonly amountMinor: string | undefined;
}

const PART_MINOR = '10000';

/** What the bank calls the transfer of a write. */
export const referenceOf = (writeId: string): string => `SIMULATION-${writeId}`;

/** Not yours, not now, not known yet, too often: for the next step that tries again. */
const PASSING: ReadonlySet<number> = new Set([401, 404, 409, 429]);

/** One firm with its application: what its partner and the lender's staff do about it, each write under one id until it is answered. */
export class Applicant {
  readonly applicationId = newId();
  readonly accepted: Accepted[] = [];
  readonly #writes = new Map<Act, Write>();
  readonly #done = new Set<Act>();
  #payoutOrders = 0;

  constructor(
    readonly number: number,
    readonly firm: SandboxFirm,
    readonly behaviour: Behaviour,
    private readonly clients: Clients,
    private readonly clock: Clock,
  ) {}

  /** What can be done in this standing; undefined before the application is known. */
  acts(standing: Standing | undefined): Act[] {
    if (!this.#done.has('submit')) return ['submit'];
    if (!standing) return [];
    const { status, loanStatus } = standing;
    const { offer, signs, withdraws, repays } = this.behaviour;
    const acts: Act[] = [];
    if (ruleOf(standing).task) acts.push('review');
    if (APPLICATION_PROCESS.takes(status, 'OfferAccepted') && offer !== 'ignore') acts.push(offer);
    if (APPLICATION_PROCESS.takes(status, 'ContractSigned') && signs) acts.push('sign');
    const owes = loanStatus !== null && LOAN_PROCESS.isLive(loanStatus);
    if (owes && repays !== 'nothing') acts.push('repay a part');
    if (owes && repays === 'everything') acts.push('repay everything');
    if (withdraws && APPLICATION_PROCESS.isRevocable(status)) acts.push('withdraw');
    const open = acts.filter((act) => !this.#done.has(act));
    // A write whose answer was lost is sent again until there is one, whatever has become of the application.
    return [...new Set([...this.#writes.keys(), ...open])];
  }

  /** Nothing more will come of the application by itself, by a deadline or by this applicant. */
  isAtRest(standing: Standing | undefined): boolean {
    if (!standing || ruleOf(standing).waitingFor !== null) return false;
    const { loanStatus } = standing;
    return loanStatus === null || !LOAN_PROCESS.isLive(loanStatus) || (this.acts(standing).length === 0 && this.behaviour.repays !== 'everything');
  }

  /** Does it, once or with a repetition; `mayFail` where a service dies meanwhile. */
  async perform(act: Act, standing: Standing | undefined, how: { readonly times: number; readonly mayFail: boolean }): Promise<void> {
    const write = this.#writes.get(act) ?? (await this.#prepare(act, standing));
    if (!write) return;
    this.#writes.set(act, write);
    for (let time = 1; time <= how.times; time += 1) {
      const { status, body } = await write.send();
      if (status >= 200 && status < 300) this.#accept(act, write);
      else if (this.#done.has(act) || this.#isKept(write))
        throw new BrokenInvariant('same-answer', `${act} of ${this.applicationId} was accepted, then ${status} ${body.code}`);
      else if (status === 409 || status === 422) this.#writes.delete(act);
      else if (!PASSING.has(status) && !(how.mayFail && (status >= 500 || status === 0)))
        throw new BrokenInvariant('fair-answers', `${act} of ${this.applicationId} was answered ${status} ${body.code}: ${body.detail}`);
    }
    if (this.#isKept(write)) this.#writes.delete(act);
  }

  #isKept({ id }: Write): boolean {
    return this.accepted.some((accepted) => accepted.id === id);
  }

  #accept(act: Act, write: Write): void {
    if (!this.#isKept(write)) this.accepted.push({ act, id: write.id, amountMinor: write.amountMinor });
    // A task may be followed by another one. A payoff has the value date of the day that it was reckoned for, whenever the bank shows it.
    if (act !== 'review') this.#done.add(act);
  }

  async #prepare(act: Act, standing: Standing | undefined): Promise<Write | undefined> {
    const { applicationId } = this;
    const { partner } = this.clients;
    const id = newId();
    switch (act) {
      case 'submit': {
        const application = applicationOf(this.firm, this.clock.now());
        return { id: applicationId, send: () => partner.ask(SUBMIT_APPLICATION, { applicationId }, application) };
      }
      case 'withdraw':
        return { id, send: () => partner.ask(CANCEL_APPLICATION, { applicationId, cancellationId: id }, { reasonCode: 'APPLICANT_WITHDREW' }) };
      case 'accept':
      case 'decline': {
        const offer = await this.#read(SHOW_OFFER, { applicationId });
        if (!offer) return undefined;
        const { offerId } = offer;
        return act === 'accept'
          ? { id, send: () => partner.ask(ACCEPT_OFFER, { applicationId, acceptanceId: id }, { offerId, costSheetAcknowledged: true }) }
          : { id, send: () => partner.ask(DECLINE_OFFER, { applicationId, declineId: id }, { offerId }) };
      }
      case 'sign': {
        const contract = await this.#read(SHOW_CONTRACT, { applicationId });
        if (!contract) return undefined;
        const { contractSha256 } = contract;
        return { id, send: () => partner.ask(SIGN_CONTRACT, { applicationId, signatureId: id }, { contractSha256 }) };
      }
      case 'review':
        return this.#decision(id);
      case 'repay a part':
      case 'repay everything':
        return this.#repayment(id, act, standing!.loanId!);
    }
  }

  async #decision(id: string): Promise<Write | undefined> {
    const { status, body } = await this.clients.staff.verification.ask(LIST_REVIEW_TASKS, { status: 'open', limit: 200 });
    const task = (status === 200 ? body.items : []).find(({ applicationId }) => applicationId === this.applicationId);
    if (!task || !isOnePersons(task)) return undefined;
    const { stage } = task;
    const { decision, reasonCode, comment } = this.#decide(task);
    const ids = { reviewTaskId: task.reviewTaskId, decisionId: id };
    return { id, send: () => this.clients.staff[stage].ask(DECIDE_REVIEW, ids, { decision, reasonCode, comment }) };
  }

  #decide(task: ReviewTaskView): Required<Pick<BodyOf<typeof DECIDE_REVIEW>, 'decision' | 'reasonCode' | 'comment'>> {
    if (task.stage !== 'disbursement') return decideTask(task);
    this.#payoutOrders += 1;
    return this.#payoutOrders < this.behaviour.payoutOrders
      ? { decision: 'approve', reasonCode: 'PAY_AGAIN', comment: 'ordered anew' }
      : { decision: 'reject', reasonCode: 'PAYOUT_REFUSED', comment: 'given up' };
  }

  async #repayment(id: string, act: Act, loanId: string): Promise<Write | undefined> {
    const loan = await this.#read(SHOW_LOAN, { loanId });
    // Its account is not opened yet.
    if (!loan) return undefined;
    if (!loan.payoff) {
      this.#done.add('repay everything').add('repay a part');
      return undefined;
    }
    const amountMinor = act === 'repay a part' ? PART_MINOR : loan.payoff.toPayMinor;
    const { accountName: payerName, accountNumber: payerAccount } = this.firm.bankAccount;
    const paid = { amountMinor, currency: 'CNY', bankReference: referenceOf(id) };
    const valueOn = businessDate(this.clock.now());
    const transfer = { account: LENDER_ACCOUNT, ...paid, valueOn, payerName, payerAccount, remittance: loanId };
    const send = async (): Promise<RestAnswer<object>> => {
      await this.clients.bank.pay(id, transfer);
      return this.clients.partner.ask(RECORD_REPAYMENT, { loanId, repaymentId: id }, { ...paid, receivedOn: valueOn });
    };
    return { id, amountMinor, send };
  }

  async #read<R extends Route>(route: R, parameters: ParametersOf<R>, ...none: BodyArgument<R>): Promise<ReplyOf<R> | undefined> {
    const { status, body } = await this.clients.partner.ask(route, parameters, ...none);
    return status === 200 ? body : undefined;
  }
}
