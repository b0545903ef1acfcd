import { businessDate, type Clock, contentHash } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { policyInForce, type Policy } from '@millrace/policy';
import { CLOCK, contextOf, idReused, notFound, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { LoanApplicationConfig } from '../config.js';
import { AdvanceDraft, OWN_CHANNEL } from '../draft/advance-draft.js';
import { refuseOfDraft } from '../draft/refuse-of-draft.js';
import { EntryKnockOuts, type EntryRefusal } from '../entry/entry-knock-outs.js';
import type { EntryInput } from '../entry/entry-policy.js';
import { guarantorRefusal } from '../guarantor/guarantor-policy.js';
import type { GuarantorDto } from '../guarantor/guarantor.dto.js';
import { AdmittedProducts } from '../product/admitted-products.js';
import type { Product } from '../product/product.entity.js';
import type { SubmissionRefusal } from '../request/submission-refusal.js';
import { consentTextRefusal } from '../text/consent-text-policy.js';
import { problemOf } from './admit-application.js';
import { AdvanceApplication } from './advance-application.js';
import type { Decision } from './application.entity.js';
import type { SubmitApplicationDto } from './submit-application.dto.js';
import { renewalRefusal, standingRefusal, submissionRefusal } from './submission-policy.js';

const UNIQUE_VIOLATION = '23505';

interface Before {
  /** The loan that is to be renewed is one of the partner and the firm, and its money is out. */
  readonly renewable: boolean;

  readonly known_hash: string | null;
  readonly known_maker: string | null;
  readonly known_partner: string | null;
  readonly known_tenant: string | null;
  readonly live: boolean;
  readonly live_of_partner: boolean;
  readonly blocked: boolean;
  /** There is a draft under the id. */
  readonly drafted: boolean;
}

/** What is there already: the id, an application of the firm that goes on or whose money is not out yet, and a block of the firm. */
const BEFORE = `select known.content_sha256 as known_hash, known.maker_id as known_maker, known.partner_id as known_partner, known.tenant_id as known_tenant,
  live.partner_id is not null as live, coalesce(live.partner_id = $5, false) as live_of_partner,
  exists (select 1 from draft where application_id = $1) as drafted,
  exists (select 1 from firm_block where tenant_id = $2 and uscc = $3 and blocked_until > $6 and lifted_at is null) as blocked,
  exists (select 1 from application a join drawdown d using (application_id)
    where a.tenant_id = $2 and a.uscc = $3 and a.partner_id = $5 and d.loan_id = $7 and d.loan_status is not null) as renewable
  from (select 1) as one left join application known on known.application_id = $1
  left join lateral (
    select partner_id from application where tenant_id = $2 and uscc = $3 and product_code = $4 and live
    union all
    select a.partner_id from drawdown d join application a using (application_id) where d.tenant_id = $2 and d.uscc = $3 and d.product_code = $4 and d.live
    limit 1
  ) live on true`;

/** Takes an application in: product, consents, live application and cooling-off checked, then the process starts. */
@Injectable()
export class SubmitApplication {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly products: AdmittedProducts,
    private readonly drafts: AdvanceDraft,
    private readonly knockOuts: EntryKnockOuts,
    private readonly config: LoanApplicationConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** True where the application is new; false for a retry with the same content. Throws the problems named in `submission-policy.ts`. */
  async submit(principal: Principal, applicationId: string, body: SubmitApplicationDto): Promise<boolean> {
    if (principal.kind !== 'partner') requireRole(principal, 'account_manager');
    const product = await this.products.take(applicationId, body.productCode);
    try {
      // By the firm, as that is what two submissions can meet in.
      return await this.runner.runInTurn(`${principal.tenantId} ${body.company.uscc}`, contextOf(principal), (tx) =>
        this.#submit(tx, principal, applicationId, body, product),
      );
    } catch (error) {
      const { code, constraint, detail = '' } = error as { code?: string; constraint?: string; detail?: string };
      if (code === UNIQUE_VIOLATION && constraint === 'consent_pkey') throw idReused('consent', fieldOfConsent(body, detail));
      if (code === UNIQUE_VIOLATION && constraint === 'guarantor_pkey') throw idReused('guarantor', 'guarantors');
      throw error;
    }
  }

  async #submit(tx: EventTransaction, principal: Principal, applicationId: string, body: SubmitApplicationDto, product: Product | undefined): Promise<boolean> {
    // The records' ids name account and person; how it is masked and how old somebody is today is no content, so that a retry of before an update is still the same.
    const { payeeAccount, guarantors, applicantAge: _age, ...content } = body;
    const contentSha256 = contentHash(guarantors ? { ...content, guarantors: guarantors.map(contentOfGuarantor) } : content);
    const before = await this.#before(tx, principal, applicationId, body);
    if (before.known_hash) return this.#repeat(before, principal, contentSha256);
    if (before.drafted) await this.#submitDraft(tx, principal, applicationId, body, contentSha256);
    const now = this.clock.now();
    const policy = policyInForce(this.config.lenderType, businessDate(now));
    const refusal =
      submissionRefusal(body, product, policy, now) ??
      consentTextRefusal(body.consents, this.config.consentTexts) ??
      this.#guarantorRefusal(body, product, policy, now) ??
      renewalRefusal(body, before) ??
      standingOf(before);
    if (refusal) throw problemOf(refusal);
    const { productCode, version, minAmountMinor, maxAmountMinor, dayCount, fees, floatingRate } = product!;
    const { company, consents, ...terms } = content;
    const stands = await this.knockOuts.refusalOf(entryInputOf(body), policy.entry);
    const made = await this.advance.start(
      tx,
      {
        ...terms,
        payeeAccount: payeeAccount ?? null,
        renewsLoanId: body.renewsLoanId?.toLowerCase() ?? null,
        applicationId,
        productCode,
        contentSha256,
        productVersion: version,
        productTerms: { minAmountMinor, maxAmountMinor, dayCount, fees, ...(floatingRate ? { floatingRate } : {}) },
        policyVersion: policy.version,
        tenantId: principal.tenantId,
        partnerId: principal.partnerId ?? OWN_CHANNEL,
        makerId: principal.id,
        accountManagerId: principal.kind === 'staff' ? principal.id : null,
        uscc: company.uscc,
        companyName: company.name,
        declaredRevenueMinor: company.declaredRevenueMinor,
        industryCode: company.industryCode,
        declaredEmployees: company.employees ?? null,
        declaredAssetsMinor: company.assetsMinor ?? null,
        decision: stands ? refusedAtEntry(stands, now) : null,
        invoiceConsentId: consents.find(({ type }) => type === 'C5')?.consentId ?? null,
        submittedAt: now,
      },
      { consents, ...(guarantors ? { guarantors } : {}) },
      stands,
    );
    if (made) return true;
    // Another request got in between: it is either this one's twin, or another application of the firm.
    const after = await this.#before(tx, principal, applicationId, body);
    if (after.known_hash) return this.#repeat(after, principal, contentSha256);
    throw problemOf(standingOf({ ...after, live: true })!);
  }

  /** A draft under the id is submitted with it: under its own consents alone, of which none was withdrawn. */
  async #submitDraft(
    tx: EventTransaction,
    principal: Principal,
    applicationId: string,
    { consents }: SubmitApplicationDto,
    contentSha256: string,
  ): Promise<void> {
    const draft = await this.drafts.lock(tx, applicationId);
    await refuseOfDraft(tx, draft, principal, { applicationId, consents });
    await this.drafts.advance(tx, draft!, { trigger: 'Submitted', reason: 'SUBMITTED', evidence: { contentSha256 } });
  }

  #guarantorRefusal(
    { guarantors = [], company, consents }: SubmitApplicationDto,
    product: Product | undefined,
    { consent }: Pick<Policy, 'consent'>,
    now: Date,
  ): SubmissionRefusal | undefined {
    const rules = {
      minGuarantors: product?.minGuarantors,
      consentMaxAgeDays: consent.maxAgeDays,
      borrower: company.uscc,
      lender: this.config.lenderUscc,
      applicantConsentIds: consents.map(({ consentId }) => consentId),
    };
    const texts = guarantors.map(({ consents: own }, at) => consentTextRefusal(own, this.config.consentTexts, `guarantors.${at}.consents`));
    return guarantorRefusal(guarantors, rules, now) ?? texts.find((refusal) => refusal !== undefined);
  }

  async #before(
    tx: EventTransaction,
    { tenantId, partnerId }: Principal,
    applicationId: string,
    { company, productCode, renewsLoanId }: SubmitApplicationDto,
  ): Promise<Before> {
    const { rows } = await tx.query<Before & Record<string, unknown>>(BEFORE, [
      applicationId,
      tenantId,
      company.uscc,
      productCode,
      partnerId ?? OWN_CHANNEL,
      this.clock.now(),
      renewsLoanId ?? null,
    ]);
    return rows[0]!;
  }

  #repeat(before: Before, principal: Principal, contentSha256: string): false {
    // Whose application it is must not show to others, whatever they send (R-OP-06).
    if (before.known_tenant !== principal.tenantId || before.known_partner !== (principal.partnerId ?? OWN_CHANNEL)) throw notFound('loan application');
    if (before.known_hash !== contentSha256 || before.known_maker !== principal.id) throw idReused('loan application');
    return false;
  }
}

/** Of a guarantor what the record's id names already is no content: how it is masked and referred to, so that a retry of before an update is still the same. */
function contentOfGuarantor({
  name: _,
  identifier: __,
  guarantorRef: ___,
  ...content
}: GuarantorDto): Omit<GuarantorDto, 'name' | 'identifier' | 'guarantorRef'> {
  return content;
}

/** The field whose consent's id was used before. */
function fieldOfConsent({ consents, guarantors = [] }: SubmitApplicationDto, detail: string): string {
  const lists = [{ field: 'consents', consents }, ...guarantors.map((one, at) => ({ field: `guarantors.${at}.consents`, consents: one.consents }))];
  for (const { field, consents: given } of lists) {
    const at = given.findIndex(({ consentId }) => detail.includes(consentId.toLowerCase()));
    if (at >= 0) return `${field}.${at}.consentId`;
  }
  return 'consents';
}

function standingOf({ live_of_partner: liveOfPartner, live, blocked }: Before): SubmissionRefusal | undefined {
  return standingRefusal({ liveOfPartner, live, blocked });
}

function entryInputOf({ company, purpose, applicantAge }: SubmitApplicationDto): EntryInput {
  const { uscc, industryCode, declaredRevenueMinor: revenueMinor, employees, assetsMinor } = company;
  const declared = { revenueMinor, ...(employees === undefined ? {} : { employees }), ...(assetsMinor === undefined ? {} : { assetsMinor }) };
  return { uscc, industryCode, purpose, applicantAge, declared };
}

/** Told as of the verification, of which it is the first part: gateways of before know no other stage so early. */
function refusedAtEntry({ reasons }: EntryRefusal, now: Date): Decision {
  return { outcome: 'declined', tier: 'T0', stage: 'verification', decidedAt: now.toISOString(), amountMinor: null, rateBps: null, reasons };
}
