import type { Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { FileSource } from '../described/serve-file.js';
import { Upstream, type UpstreamFile } from '../upstream/upstream.js';

/** A file of an application, from kyc-antifraud, which keeps who has looked at it. */
@Injectable()
export class ReadEvidence implements FileSource {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  async read(principal: Principal, { applicationId, evidenceId }: Readonly<Record<string, string>>): Promise<UpstreamFile> {
    // What the hub does not know is in no history, and shown to nobody.
    await this.upstream.get('loan-application', `/loan-applications/${applicationId}/evidence/${evidenceId}`, principal);
    return this.upstream.getFile('kyc-antifraud', `/evidence/${applicationId}/${evidenceId}`, principal);
  }
}
