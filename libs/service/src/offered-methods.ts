import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Problem } from './problem.js';

/** A path of a route as a pattern for addresses. */
function patternOf(path: string): RegExp {
  const parts = path.split(/(:\w+|\*)/).map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}

/** Which methods each address offers, gathered while routes are made. */
export class OfferedMethods {
  readonly #routes = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();

  constructor(private readonly app: NestFastifyApplication) {
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRoute', ({ path, method }) => {
        const known = this.#routes.get(path) ?? { pattern: patternOf(path), methods: new Set<string>() };
        for (const one of [method].flat()) known.methods.add(one);
        this.#routes.set(path, known);
      });
  }

  /** Answers 405 with `Allow` where the address is known and the method is not; without this it would be 404, as if the address were wrong. */
  refuseOthers(): void {
    this.app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRequest', async (request) => {
        if (!request.is404) return;
        const [path = '/'] = request.url.split('?');
        const offered = [...this.#routes.values()].filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => [...methods]);
        if (offered.length === 0) return;
        const allow = [...new Set(offered)].sort().join(', ');
        throw new Problem({
          status: 405,
          code: 'METHOD_NOT_ALLOWED',
          title: `${request.method} is not offered at this address.`,
          detail: `It offers: ${allow}.`,
          headers: { allow },
        });
      });
  }
}
