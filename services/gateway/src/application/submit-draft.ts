import type { BodyOf, DraftSubmissionAnswer, SUBMIT_APPLICATION, SUBMIT_DRAFT } from '@millrace/contracts/api';
import { Inject, Injectable } from '@nestjs/common';
import type { RouteCall, RouteHandler } from '../described/serve-route.js';
import { Upstream, type UpstreamAnswer } from '../upstream/upstream.js';
import { SubmitApplication } from './submit-application.js';

/** Submits a draft: what loan-application has of it, with the people and the account of this call, goes the way of an application that comes in one call. */
@Injectable()
export class SubmitDraft implements RouteHandler {
  constructor(
    @Inject(Upstream) private readonly upstream: Upstream,
    @Inject(SubmitApplication) private readonly application: SubmitApplication,
  ) {}

  async handle({ principal, ids, body }: RouteCall): Promise<UpstreamAnswer<unknown>> {
    const { applicationId } = ids as { applicationId: string };
    const drafted = await this.upstream.get<DraftSubmissionAnswer>('loan-application', `/drafts/${applicationId}/submission`, principal);
    const whole = { ...drafted, ...(body as BodyOf<typeof SUBMIT_DRAFT>) } as BodyOf<typeof SUBMIT_APPLICATION>;
    return this.application.submit(principal, applicationId, whole);
  }
}
