import type { BodyOf, PROPOSE_ACCOUNT } from '@millrace/contracts/api';
import { Inject, Injectable } from '@nestjs/common';
import type { RouteCall, RouteHandler } from '../described/serve-route.js';
import { Upstream, type UpstreamAnswer } from '../upstream/upstream.js';

/** Gives another account to disbursement, and its record and masked number to loan-application, which drafts the addendum (T18). */
@Injectable()
export class ProposeAccount implements RouteHandler {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  async handle({ principal, ids, body }: RouteCall): Promise<UpstreamAnswer<unknown>> {
    const { applicationId, accountChangeId } = ids as { applicationId: string; accountChangeId: string };
    // First, so that no account is stored for an application that the caller does not see.
    await this.upstream.get('loan-application', `/loan-applications/${applicationId}`, principal);
    const { bankAccount } = body as BodyOf<typeof PROPOSE_ACCOUNT>;
    const payee = await this.upstream.put<{ payeeRecordId: string; accountNumber: string }>('disbursement', `/payees/${applicationId}`, principal, bankAccount);
    // Masked by disbursement, as at the submission: the number stays there.
    const { payeeRecordId, accountNumber: payeeAccount } = payee.body;
    return this.upstream.put('loan-application', `/loan-applications/${applicationId}/account-changes/${accountChangeId}`, principal, {
      payeeRecordId,
      payeeAccount,
    });
  }
}
