import { businessDate, newId, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { CLOCK, contextOf, Problem, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication, wrongStatus } from '../application/advance-application.js';
import type { Application } from '../application/application.entity.js';
import { ReadApplications } from '../application/read-applications.js';
import { LoanApplicationConfig } from '../config.js';
import { draftContract, type AcceptedTerms, type ContractParties } from './draft-contract.js';
import { draftGuarantees } from './guarantee-contracts.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { claimRequest } from '../request/claim-request.js';
import { shownDisclosures } from '../text/shown-disclosures.js';
import type { AcceptOfferDto } from '../offer/offer.dto.js';

interface OpenOffer extends AcceptedTerms {
  readonly offerId: string;
  readonly expiresAt: Date;
  readonly shownAt: Date | null;
}

type ProductNames = Pick<ContractParties, 'productName' | 'productNameZh'>;

const OPEN_OFFER = `select o.offer_id as "offerId", o.amount_minor as "amountMinor", o.rate_bps as "rateBps", o.tenor_months as "tenorMonths", o.repayment_method as "repaymentMethod",
  o.cost_sheet as "costSheet", o.expires_at as "expiresAt", o.shown_at as "shownAt", p.name as "productName", p.name_zh as "productNameZh"
  from offer o join application a on a.application_id = o.application_id join product p on p.product_code = a.product_code and p.version = a.product_version
  where o.application_id = $1`;

/** The applicant takes the offer: the contract is generated from the template, and its hash can be signed. */
@Injectable()
export class AcceptOffer {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly applications: ReadApplications,
    private readonly config: LoanApplicationConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `WRONG_STATUS`, `OFFER_MISMATCH`, `OFFER_EXPIRED`, `COST_SHEET_NOT_SHOWN`, `DISCLOSURE_TEXT_NOT_IN_FORCE`, `ID_REUSED`. */
  async accept(principal: Principal, applicationId: string, acceptanceId: string, body: AcceptOfferDto): Promise<void> {
    await this.applications.find(principal, applicationId);
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      if (!(await claimRequest(tx, principal, { resource: 'offer acceptance', requestId: acceptanceId, applicationId, body }, this.clock.now()))) return;
      await this.#accept(tx, application, acceptanceId, body);
    });
  }

  async #accept(
    tx: EventTransaction,
    application: Application,
    acceptanceId: string,
    { offerId, disclosuresShown: named = [] }: AcceptOfferDto,
  ): Promise<void> {
    if (!APPLICATION_PROCESS.takes(application.status, 'OfferAccepted')) throw wrongStatus(application.status);
    const now = this.clock.now();
    const { rows } = await tx.query<OpenOffer & ProductNames>(OPEN_OFFER, [application.applicationId]);
    const offer = rows[0]!;
    checkOffer(offer, offerId, now);
    const disclosuresShown = shownDisclosures(named, application.disclosuresAcknowledged);
    const contractId = newId();
    const { lenderName, lenderUscc } = this.config;
    const { productName, productNameZh } = offer;
    const parties = { lenderName, lenderUscc, productName, productNameZh };
    const { servicing, guarantee } = policyInForce(policyOf(application.policyVersion).lenderType, businessDate(now));
    const { text, textEn, sha256, templateVersion, clauses } = draftContract(application, offer, parties, servicing, { contractId, now });
    await tx.query(
      `with accepted as (update offer set accepted_at = $1, shown_disclosures = $9 where offer_id = $2)
       insert into contract (contract_id, application_id, template_version, contract_sha256, text, text_en, generated_at, clauses) values ($3, $4, $5, $6, $7, $8, $1, $10)`,
      [
        now,
        offerId,
        contractId,
        application.applicationId,
        templateVersion,
        sha256,
        text,
        textEn,
        JSON.stringify(disclosuresShown),
        clauses && JSON.stringify(clauses),
      ],
    );
    const { amountMinor, tenorMonths } = offer;
    await draftGuarantees(tx, application, { contractId, contractSha256: sha256, amountMinor, tenorMonths, lenderName, lenderUscc }, guarantee, now);
    await this.advance.advance(tx, application, {
      trigger: 'OfferAccepted',
      reason: 'ACCEPTED',
      evidence: { offerId, acceptanceId, contractId, contractSha256: sha256, costSheetShownAt: offer.shownAt?.toISOString(), disclosuresShown },
      patch: { contractId, contractSha256: sha256 },
      acceptance: { offerId, acceptanceId, templateVersion },
    });
  }
}

/** Refuses an offer that is another one, over, or was never shown. */
function checkOffer(offer: OpenOffer, offerId: string, now: Date): void {
  if (offer.offerId !== offerId)
    throw new Problem({ status: 409, code: 'OFFER_MISMATCH', title: 'This is not the offer that stands.', detail: 'GET the offer and name its id.' });
  if (offer.expiresAt <= now)
    throw new Problem({ status: 409, code: 'OFFER_EXPIRED', title: 'The offer has expired.', detail: 'The firm may apply again at once.' });
  if (!offer.shownAt) {
    throw new Problem({
      status: 409,
      code: 'COST_SHEET_NOT_SHOWN',
      title: 'The all-in cost sheet has not been shown yet.',
      detail: 'GET the offer, show its cost sheet to the borrower, then accept.',
    });
  }
}
