import type { Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { Upstream, type UpstreamAnswer } from '../upstream/upstream.js';
import { refuseImpossibleAmount } from './amount-form.js';
import type { ApplicationDto } from './application.dto.js';
import type { SubmitApplicationDto } from './submit-application.dto.js';

/**
 * Parts an application: people to kyc-antifraud, the account to disbursement, and the rest, with the ids of both, to loan-application. Each of
 * the three takes the same content twice as once, so whatever fails on the way, the client's retry finishes it.
 */
@Injectable()
export class SubmitApplication {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  async submit(principal: Principal, applicationId: string, body: SubmitApplicationDto): Promise<UpstreamAnswer<ApplicationDto>> {
    refuseImpossibleAmount(body.requestedAmountMinor, 'requestedAmountMinor');
    const { legalRepresentative, device, bankAccount, ...application } = body;
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
