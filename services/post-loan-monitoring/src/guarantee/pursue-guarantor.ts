import { businessDate } from '@millrace/contracts';
import { notFound, Problem, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { readKnown } from '../guarantee-life/follow-guarantees.js';
import type { AskedChange } from '../loan-change/ask-change.js';
import { AskStep } from '../loan-step/ask-step.js';
import type { ClaimGuaranteeDto, RecordCompensationDto } from './guarantee.dto.js';
import { GUARANTEE_CLAIM, GUARANTEE_COMPENSATION } from './guarantee.tasks.js';
import { judgeClaim, type ClaimRefusal } from './judge-claim.js';

const SAID = 'select 1 from guarantee_compensation where tenant_id = $1 and bank_reference = $2 and freed_at is null';

/** Takes in that a guarantor is to be asked to pay, and which money is the guarantor's (R-CR-19); two persons decide either. */
@Injectable()
export class PursueGuarantor {
  constructor(@Inject(AskStep) private readonly step: AskStep) {}

  /** Throws what every step does, `NOT_FOUND` for a guarantee that is none of the loan's, and why the guarantor is not asked. */
  claim(principal: Principal, loanId: string, changeId: string, content: ClaimGuaranteeDto): Promise<AskedChange> {
    const step = { kind: 'guarantee_claim', role: 'risk_officer', question: GUARANTEE_CLAIM, trigger: 'GuarantorClaimed' } as const;
    const check: Parameters<AskStep['ask']>[1]['check'] = async (tx, account, _, now) => {
      const judged = await judgeClaim(tx, account, content, businessDate(now));
      if (!judged) throw notFound('guarantee');
      if ('code' in judged) throw refused(judged);
      const { guarantee, dpd, dueMinor } = judged;
      return { dpd, dueMinor: String(dueMinor), lapsesOn: guarantee.lapsesOn };
    };
    return this.step.ask(principal, { ...step, check }, loanId, changeId, content);
  }

  /** Throws what every step does, `NOT_FOUND` for a guarantee that is none of the loan's, `GUARANTEE_NOT_CLAIMED` and `REFERENCE_SAID_ALREADY`. */
  compensation(principal: Principal, loanId: string, changeId: string, content: RecordCompensationDto): Promise<AskedChange> {
    const step = { kind: 'guarantee_compensation', role: 'payment_officer', question: GUARANTEE_COMPENSATION, trigger: 'GuarantorPaid' } as const;
    const check: Parameters<AskStep['ask']>[1]['check'] = async (tx, { loanId: id, tenantId }) => {
      const guarantee = (await readKnown(tx, [id])).find((one) => one.guaranteeId === content.guaranteeId);
      if (!guarantee) throw notFound('guarantee');
      if (guarantee.claimedMinor === null) throw notClaimed();
      if ((await tx.query(SAID, [tenantId, content.bankReference])).rowCount) throw saidAlready();
      return { claimedMinor: String(guarantee.claimedMinor) };
    };
    return this.step.ask(principal, { ...step, check }, loanId, changeId, content);
  }
}

const TITLES: Readonly<Record<ClaimRefusal['code'], string>> = {
  GUARANTEE_LAPSED: 'The guarantee has lapsed.',
  GUARANTEE_NOT_LIVE: 'The guarantor cannot be asked any more.',
  BORROWER_NOT_SUED: 'The guarantor stands after the borrower, who was not sued in time.',
  NOT_LATE_ENOUGH: 'The loan is not late enough to ask its guarantor.',
  CLAIM_TOO_HIGH: 'The guarantor cannot be asked for so much.',
};

const refused = ({ code, detail }: ClaimRefusal): Problem => new Problem({ status: code === 'CLAIM_TOO_HIGH' ? 422 : 409, code, title: TITLES[code], detail });

function notClaimed(): Problem {
  return new Problem({
    status: 409,
    code: 'GUARANTEE_NOT_CLAIMED',
    title: 'The guarantor was not asked to pay.',
    detail: 'Its money is then that of any third party. Nothing was changed.',
  });
}

function saidAlready(): Problem {
  return new Problem({
    status: 409,
    code: 'REFERENCE_SAID_ALREADY',
    title: 'It was said already whose money this transfer is.',
    detail: 'A reference of the bank names one transfer. Nothing was changed.',
  });
}
