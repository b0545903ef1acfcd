import { setTimeout as delay } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

const SWEEP_MS = 50;

/**
 * How a server leaves without cutting anybody off. A caller that keeps its connection and does not send again must learn that it ends before it sends
 * the next request: so for a while every answer says `connection: close`, and new connections, which come from callers that have not heard yet, are still
 * taken. Only then the idle ones are closed, and the port.
 */
export class Draining {
  #on = false;
  readonly #fastify: FastifyInstance;

  constructor(app: NestFastifyApplication) {
    this.#fastify = app.getHttpAdapter().getInstance();
    this.#fastify.addHook('onSend', (_request, reply, _payload, done) => {
      if (this.#on) void reply.header('connection', 'close');
      done();
    });
    // A connection whose answer has only just gone out is not idle yet when the server begins to close, and would hold it up for its whole keep-alive time.
    this.#fastify.addHook('preClose', (done) => {
      const sweep = setInterval(() => this.#fastify.server.closeIdleConnections(), SWEEP_MS);
      sweep.unref();
      this.#fastify.server.once('close', () => clearInterval(sweep));
      done();
    });
  }

  /** Answers for `drainMs` more, then ends what is under way and closes the port; modules are closed by the caller, after the last answer. */
  async drain(drainMs: number): Promise<void> {
    this.#on = true;
    if (drainMs > 0) await delay(drainMs);
    await this.#fastify.close();
  }
}
