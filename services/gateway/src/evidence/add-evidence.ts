import type { Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { FileCall, FileHandler } from '../described/serve-file.js';
import { Upstream, type UpstreamAnswer } from '../upstream/upstream.js';

/** Gives a file to kyc-antifraud, which keeps it sealed, and its hash to loan-application (R-AP-03). */
@Injectable()
export class AddEvidence implements FileHandler {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  /** Nothing is kept, nor read, for an application that the caller does not see. */
  async admit(principal: Principal, { applicationId }: Readonly<Record<string, string>>): Promise<void> {
    await this.upstream.get('loan-application', `/loan-applications/${applicationId}`, principal);
  }

  async handle({ principal, ids, query, file, mediaType }: FileCall): Promise<UpstreamAnswer<unknown>> {
    const { applicationId, evidenceId } = ids as { applicationId: string; evidenceId: string };
    const kept = await this.upstream.putFile<object>('kyc-antifraud', `/evidence/${applicationId}/${evidenceId}`, principal, { mediaType }, file);
    return this.upstream.put('loan-application', `/loan-applications/${applicationId}/evidence/${evidenceId}`, principal, { ...query, ...kept.body });
  }
}
