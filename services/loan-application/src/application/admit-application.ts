import { businessDate, type Clock } from '@millrace/contracts';
import { policyInForce } from '@millrace/policy';
import { CLOCK, Database, Problem, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { LoanApplicationConfig } from '../config.js';
import { ReadDraft } from '../draft/read-draft.js';
import { refuseOfDraft } from '../draft/refuse-of-draft.js';
import { AdmittedProducts } from '../product/admitted-products.js';
import type { SubmissionRefusal } from '../request/submission-refusal.js';
import { consentTextRefusal } from '../text/consent-text-policy.js';
import { givenConsentsRefusal } from '../text/given-consents.js';
import { submissionRefusal } from './submission-policy.js';
import type { AdmitApplicationDto } from './submit-application.dto.js';

/**
 * Says whether an application would be taken, as far as its content alone decides: asked before anything of a person is recorded anywhere, so that nothing is
 * where a consent is missing (G-PI-01). The submission asks the same again.
 */
@Injectable()
export class AdmitApplication {
  constructor(
    private readonly products: AdmittedProducts,
    private readonly drafts: ReadDraft,
    private readonly database: Database,
    private readonly config: LoanApplicationConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async admit(principal: Principal, applicationId: string, body: AdmitApplicationDto): Promise<void> {
    if (principal.kind !== 'partner') requireRole(principal, 'account_manager');
    const now = this.clock.now();
    const product = await this.products.look(applicationId, body.productCode);
    const policy = policyInForce(this.config.lenderType, businessDate(now));
    const refusal =
      submissionRefusal(body, product, policy, now) ??
      consentTextRefusal(body.consents, this.config.consentTexts) ??
      this.#guarantors(body, policy.consent.maxAgeDays, now);
    const draft = await this.drafts.find(applicationId);
    if (!refusal && !draft) return;
    // A retry of what was taken long ago gets its first answer, whatever holds today.
    const { rowCount } = await this.database.query('select 1 from application where application_id = $1', [applicationId]);
    if (rowCount) return;
    if (refusal) throw problemOf(refusal);
    await refuseOfDraft(this.database, draft, principal, { applicationId, consents: body.consents });
  }

  #guarantors({ guarantors = [] }: AdmitApplicationDto, maxAgeDays: number, now: Date): SubmissionRefusal | undefined {
    const refusals = guarantors.map(({ consents }, at) => {
      const field = `guarantors.${at}.consents`;
      return givenConsentsRefusal(consents, maxAgeDays, now, field) ?? consentTextRefusal(consents, this.config.consentTexts, field);
    });
    return refusals.find((refusal) => refusal !== undefined);
  }
}

/** The problem that a refused submission is answered with. */
export function problemOf({ status, code, title, detail, field }: SubmissionRefusal): Problem {
  return new Problem({ status, code, title, detail, ...(field ? { errors: [{ field, message: detail }] } : {}) });
}
