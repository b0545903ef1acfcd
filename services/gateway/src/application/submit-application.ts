import type { BodyOf, SUBMIT_APPLICATION } from '@millrace/contracts/api';
import { Inject, Injectable } from '@nestjs/common';
import type { RouteCall, RouteHandler } from '../described/serve-route.js';
import { Upstream, type UpstreamAnswer } from '../upstream/upstream.js';
import { refuseImpossibleAmount } from './amount-form.js';
import { refuseUnclearGuarantors } from './guarantor-form.js';

type SubmittedGuarantors = NonNullable<BodyOf<typeof SUBMIT_APPLICATION>['guarantors']>;

/**
 * Parts an application: people and guarantors to kyc-antifraud, the account to disbursement, and the rest, with the ids of both, to loan-application. Each of
 * the three takes the same content twice as once, so whatever fails on the way, the client's retry finishes it.
 */
@Injectable()
export class SubmitApplication implements RouteHandler {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  async handle({ principal, ids, body }: RouteCall): Promise<UpstreamAnswer<unknown>> {
    const { applicationId } = ids as { applicationId: string };
    const { legalRepresentative, device, bankAccount, guarantors, ...application } = body as BodyOf<typeof SUBMIT_APPLICATION>;
    refuseImpossibleAmount(application.requestedAmountMinor, 'requestedAmountMinor');
    refuseUnclearGuarantors(guarantors ?? []);
    const [recorded, applicant, payee] = await Promise.all([
      this.#recordGuarantors(principal, applicationId, guarantors),
      this.upstream.put<{ applicantRecordId: string; ageYears?: number | null }>('kyc-antifraud', `/applicants/${applicationId}`, principal, {
        legalRepresentative,
        device,
      }),
      this.upstream.put<{ payeeRecordId: string; accountNumber: string }>('disbursement', `/payees/${applicationId}`, principal, bankAccount),
    ]);
    const { applicantRecordId, ageYears } = applicant.body;
    // Masked by disbursement: the contract states the account, and its number stays there.
    const { payeeRecordId, accountNumber: payeeAccount } = payee.body;
    return this.upstream.put('loan-application', `/loan-applications/${applicationId}`, principal, {
      ...application,
      applicantRecordId,
      payeeRecordId,
      payeeAccount,
      ...(typeof ageYears === 'number' ? { applicantAge: ageYears } : {}),
      ...(recorded ? { guarantors: recorded } : {}),
    });
  }

  /** Whom a guarantee is of goes to kyc-antifraud, what it says to loan-application, with what kyc-antifraud shows of the guarantor. */
  async #recordGuarantors(
    principal: RouteCall['principal'],
    applicationId: string,
    guarantors: SubmittedGuarantors | undefined,
  ): Promise<object[] | undefined> {
    if (!guarantors) return undefined;
    return Promise.all(
      guarantors.map(async ({ person, firm, ...terms }) => {
        const path = `/applicants/${applicationId}/guarantors/${terms.guarantorId}`;
        const { body } = await this.upstream.put<object>('kyc-antifraud', path, principal, { person, firm });
        return { ...terms, ...body };
      }),
    );
  }
}
