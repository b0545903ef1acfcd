import { Problem } from '@millrace/service';
import {
  applyDecorators,
  Injectable,
  SetMetadata,
  StreamableFile,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { Faults, type Fault } from './faults.js';
import type { Provider } from './fault.dto.js';

const PROVIDER = 'sandbox:provider';
const RETRY_AFTER_SECONDS = '5';

const FAULT = new Problem({
  status: 500,
  code: 'SANDBOX_FAULT',
  title: 'A switched-on fault: the party failed.',
  detail: 'Nothing was done. DELETE /sandbox/faults/{provider} ends it.',
});
/** The party is down, for all or for one firm; `end` says what ends it. */
export const partyDown = (end: string): Problem =>
  new Problem({
    status: 503,
    code: 'SANDBOX_OUTAGE',
    title: 'A switched-on fault: the party is down.',
    detail: `Nothing was done. ${end}`,
    headers: { 'retry-after': RETRY_AFTER_SECONDS },
  });

/** Ends when the client has gone away. */
function whileConnected(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

/** Counts every call of a party, and lets it meet the fault that is switched on. */
@Injectable()
export class FaultInterceptor implements NestInterceptor {
  constructor(
    private readonly faults: Faults,
    private readonly reflector: Reflector,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const provider = this.reflector.get<Provider>(PROVIDER, context.getClass());
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    this.faults.countCall(provider);
    const fault = this.faults.next(provider);
    if (fault?.kind === 'error') throw FAULT;
    if (fault?.kind === 'outage') throw partyDown('DELETE /sandbox/faults/{provider} ends it.');
    if (fault?.kind === 'timeout_after_success') return this.#workInSilence(fault, reply, next);
    if (fault?.kind === 'latency') await this.faults.wait(fault.latencyMs, whileConnected(reply));
    return next.handle();
  }

  /** The work is done and kept; then no answer comes, whatever it would have been. */
  async #workInSilence(fault: Fault, reply: FastifyReply, next: CallHandler): Promise<Observable<unknown>> {
    const connected = whileConnected(reply);
    const answer = await lastValueFrom<unknown, undefined>(next.handle(), { defaultValue: undefined }).catch(() => undefined);
    if (answer instanceof StreamableFile) answer.getStream().destroy();
    await this.faults.wait(fault.latencyMs, connected);
    reply.hijack();
    reply.raw.destroy();
    return of(undefined);
  }
}

/** Marks a controller as one of the outside parties, under the name of its faults. */
export function PlaysProvider(provider: Provider): ClassDecorator {
  return applyDecorators(SetMetadata(PROVIDER, provider), UseInterceptors(FaultInterceptor));
}
