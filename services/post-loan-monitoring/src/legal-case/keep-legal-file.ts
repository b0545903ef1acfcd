import { businessDate, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { CLOCK, contextOf, Database, notFound, Problem, requireRight, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { PostLoanMonitoringConfig } from '../config.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { lockAccount, readAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { askChange, type AskedChange } from '../loan-change/ask-change.js';
import { AskStep } from '../loan-step/ask-step.js';
import type { EndLegalCaseDto, FileLegalCaseDto, RecordDemandDto, UpdateLegalCaseDto } from './legal-case.dto.js';
import { LEGAL_CASE, LEGAL_CASE_END } from './legal-case.tasks.js';
import { isConnected } from './court-lenders.js';
import { limitationOf, openCase, readLegalFile, type LegalFile } from './legal-file.js';
import { recordStage } from './record-stage.js';

const DEMAND = 'insert into loan_demand (loan_id, demand_id, tenant_id, served_on, channel, document_sha256, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)';

const yearsOn = ({ policyVersion }: LoanAccount, today: string): number => policyInForce(policyOf(policyVersion).lenderType, today).recovery.limitationYears;

/** Keeps what is done in court about a loan, and until when the claim can be enforced (R-PL-06, G-EC-07). */
@Injectable()
export class KeepLegalFile {
  constructor(
    private readonly database: Database,
    private readonly runner: TransactionRunner,
    private readonly step: AskStep,
    @Inject(PostLoanMonitoringConfig) private readonly config: PostLoanMonitoringConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async show(principal: Principal, loanId: string): Promise<LegalFile> {
    const account = visibleLoan(principal, await readAccount(this.database, loanId));
    requireRight(principal, 'loanChanges');
    return readLegalFile(this.database, account.loanId, yearsOn(account, businessDate(this.clock.now())));
  }

  /** Throws what every step does, `DAY_NOT_POSSIBLE`, `LIMITATION_OVER`, and for a case that goes to the court electronically `COURT_NOT_CONNECTED` and `REFERENCE_NOT_EXPECTED`. */
  file(principal: Principal, loanId: string, caseId: string, body: FileLegalCaseDto): Promise<AskedChange> {
    const step = { kind: 'legal_case', role: 'risk_officer', question: LEGAL_CASE, trigger: 'CaseFiled' } as const;
    const check = async (tx: EventTransaction, account: LoanAccount): Promise<Readonly<Record<string, unknown>>> => {
      this.#checkDay(account, body.filedOn);
      if (body.electronic === true && !isConnected(this.config.courtLenders, account.tenantId)) throw notConnected();
      if (body.electronic === true && body.courtReference !== undefined) throw referenceNotExpected();
      const { endsOn } = await limitationOf(tx, account.loanId, yearsOn(account, body.filedOn));
      if (endsOn !== null && endsOn < body.filedOn) throw limitationOver(endsOn);
      return { limitationEndsOn: endsOn };
    };
    return this.step.ask(principal, { ...step, check }, loanId, caseId, body);
  }

  /** A stage of a case that is open; one person records it, by the paper of the court. */
  update(principal: Principal, loanId: string, changeId: string, body: UpdateLegalCaseDto): Promise<AskedChange> {
    return this.#alone(principal, loanId, { changeId, kind: 'legal_case_update', content: body }, async (tx, account, now) => {
      this.#checkDay(account, body.on);
      if (!(await openCase(tx, account.loanId, body.legalCaseId))) throw notFound('legal case');
      return () => recordStage(tx, account, changeId, body, now);
    });
  }

  /** Throws what every step does, `NOT_FOUND` for a case that is not open, and `DAY_NOT_POSSIBLE`. */
  end(principal: Principal, loanId: string, changeId: string, body: EndLegalCaseDto): Promise<AskedChange> {
    const step = { kind: 'legal_case_end', role: 'risk_officer', question: LEGAL_CASE_END, trigger: 'CaseClosed' } as const;
    const check = async (tx: EventTransaction, account: LoanAccount): Promise<Readonly<Record<string, unknown>>> => {
      this.#checkDay(account, body.on);
      const known = await openCase(tx, account.loanId, body.legalCaseId);
      if (!known) throw notFound('legal case');
      return { court: known.court, courtReference: known.courtReference };
    };
    return this.step.ask(principal, { ...step, check }, loanId, changeId, body);
  }

  /** The borrower was asked for the money, which begins the limitation anew. */
  demand(principal: Principal, loanId: string, changeId: string, body: RecordDemandDto): Promise<AskedChange> {
    return this.#alone(principal, loanId, { changeId, kind: 'demand', content: body }, (tx, account, now) => {
      this.#checkDay(account, body.servedOn);
      const { servedOn, channel, documentSha256 } = body;
      return () => tx.query(DEMAND, [account.loanId, changeId, account.tenantId, servedOn, channel, documentSha256, now]);
    });
  }

  /** What one person records alone: checked where it is new, and written once. */
  #alone(
    principal: Principal,
    loanId: string,
    wanted: Parameters<typeof askChange>[2],
    prepare: (tx: EventTransaction, account: LoanAccount, now: Date) => Promise<() => Promise<unknown>> | (() => Promise<unknown>),
  ): Promise<AskedChange> {
    return this.runner.runInTurn(loanId, contextOf(principal), async (tx) => {
      const account = visibleLoan(principal, await lockAccount(tx, loanId));
      requireRole(principal, 'risk_officer');
      const now = this.clock.now();
      let write: (() => Promise<unknown>) | undefined;
      const asked = await askChange(tx, { principal, account, now }, wanted, async () => {
        write = await prepare(tx, account, now);
        return { by: 'one-person' };
      });
      await write?.();
      return asked;
    });
  }

  #checkDay({ disbursedOn }: LoanAccount, day: string): void {
    const today = businessDate(this.clock.now());
    if (day >= disbursedOn && day <= today) return;
    throw new Problem({
      status: 422,
      code: 'DAY_NOT_POSSIBLE',
      title: 'It cannot have been on that day.',
      detail: `It lies between the payout on ${disbursedOn} and today, ${today}. Nothing was changed.`,
    });
  }
}

function limitationOver(endsOn: string): Problem {
  return new Problem({
    status: 409,
    code: 'LIMITATION_OVER',
    title: 'The claim cannot be enforced any more.',
    detail: `The limitation ended on ${endsOn}. A demand that was served before begins it anew: record it first. Nothing was changed.`,
  });
}

function notConnected(): Problem {
  return new Problem({
    status: 409,
    code: 'COURT_NOT_CONNECTED',
    title: 'The lender has no court that takes cases in electronically.',
    detail: 'File it by hand, and record it with the court’s own name of the case. Nothing was changed.',
  });
}

function referenceNotExpected(): Problem {
  return new Problem({
    status: 422,
    code: 'REFERENCE_NOT_EXPECTED',
    title: 'The court names a case itself once it has taken it up.',
    detail: 'Leave courtReference out of what is to be filed electronically. Nothing was changed.',
  });
}
