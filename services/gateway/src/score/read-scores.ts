import { Inject, Injectable } from '@nestjs/common';
import { HandOn, type RouteCall, type RouteHandler } from '../described/serve-route.js';
import { CheckOwner } from '../timeline/check-owner.js';
import type { UpstreamAnswer } from '../upstream/upstream.js';

/** Scoring knows firms by their application alone: whose it is, is checked here. */
@Injectable()
export class ReadScores implements RouteHandler {
  constructor(
    @Inject(CheckOwner) private readonly owner: CheckOwner,
    @Inject(HandOn) private readonly handOn: HandOn,
  ) {}

  async handle(call: RouteCall): Promise<UpstreamAnswer<unknown>> {
    await this.owner.ofApplication(call.principal, call.ids['applicationId']!);
    return this.handOn.handle(call);
  }
}
