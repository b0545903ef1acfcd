import type { BodyOf, SUBMIT_APPLICATION } from '@millrace/contracts/api';
import { Inject, Injectable } from '@nestjs/common';
import type { RouteCall, RouteHandler } from '../described/serve-route.js';
import { Upstream, type UpstreamAnswer } from '../upstream/upstream.js';
import { refuseImpossibleAmount } from './amount-form.js';

/**
 * Parts an application: people to kyc-antifraud, the account to disbursement, and the rest, with the ids of both, to loan-application. Each of
 * the three takes the same content twice as once, so whatever fails on the way, the client's retry finishes it.
 */
@Injectable()
export class SubmitApplication implements RouteHandler {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  async handle({ principal, ids, body }: RouteCall): Promise<UpstreamAnswer<unknown>> {
    const { applicationId } = ids as { applicationId: string };
    const { legalRepresentative, device, bankAccount, ...application } = body as BodyOf<typeof SUBMIT_APPLICATION>;
    refuseImpossibleAmount(application.requestedAmountMinor, 'requestedAmountMinor');
    const [applicant, payee] = await Promise.all([
      this.upstream.put<{ applicantRecordId: string }>('kyc-antifraud', `/applicants/${applicationId}`, principal, { legalRepresentative, device }),
      this.upstream.put<{ payeeRecordId: string; accountNumber: string }>('disbursement', `/payees/${applicationId}`, principal, bankAccount),
    ]);
    const { applicantRecordId } = applicant.body;
    // Masked by disbursement: the contract states the account, and its number stays there.
    const { payeeRecordId, accountNumber: payeeAccount } = payee.body;
    return this.upstream.put('loan-application', `/loan-applications/${applicationId}`, principal, {
      ...application,
      applicantRecordId,
      payeeRecordId,
      payeeAccount,
    });
  }
}
