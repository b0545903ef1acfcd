import type { BodyOf, SUBMIT_APPLICATION } from '@millrace/contracts/api';
import { Problem } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { RouteCall, RouteHandler } from '../described/serve-route.js';
import { Upstream, type UpstreamAnswer } from '../upstream/upstream.js';
import { refuseImpossibleAmount } from './amount-form.js';
import { refuseUnclearGuarantors } from './guarantor-form.js';

const NOT_FOUND = 404;

type SubmittedGuarantors = NonNullable<BodyOf<typeof SUBMIT_APPLICATION>['guarantors']>;

/**
 * Parts an application that would be taken: people and guarantors to kyc-antifraud, the account to disbursement, and the rest, with the ids of both, to loan-application. Each of
 * the three takes the same content twice as once, so whatever fails on the way, the client's retry finishes it.
 */
@Injectable()
export class SubmitApplication implements RouteHandler {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  handle({ principal, ids, body }: RouteCall): Promise<UpstreamAnswer<unknown>> {
    const { applicationId } = ids as { applicationId: string };
    return this.submit(principal, applicationId, body as BodyOf<typeof SUBMIT_APPLICATION>);
  }

  async submit(principal: RouteCall['principal'], applicationId: string, body: BodyOf<typeof SUBMIT_APPLICATION>): Promise<UpstreamAnswer<unknown>> {
    const { legalRepresentative, device, bankAccount, guarantors, ...application } = body;
    refuseImpossibleAmount(application.requestedAmountMinor, 'requestedAmountMinor');
    refuseUnclearGuarantors(guarantors ?? []);
    await this.#admit(principal, applicationId, { ...application, ...(guarantors ? { guarantors } : {}) });
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

  /** Nothing of a person is recorded anywhere for an application that its content alone refuses, e.g. for want of a consent (G-PI-01). */
  async #admit(
    principal: RouteCall['principal'],
    applicationId: string,
    { guarantors, ...application }: Omit<BodyOf<typeof SUBMIT_APPLICATION>, 'legalRepresentative' | 'device' | 'bankAccount'>,
  ): Promise<void> {
    const consents = guarantors?.map(({ guarantorId, consents }) => ({ guarantorId, consents }));
    const body = { ...application, ...(consents ? { guarantors: consents } : {}) };
    await this.upstream.put('loan-application', `/loan-applications/${applicationId}/admission`, principal, body).catch((error: unknown) => {
      // A hub of before has no such question, and refuses at the submission.
      if (!(error instanceof Problem) || error.status !== NOT_FOUND) throw error;
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
