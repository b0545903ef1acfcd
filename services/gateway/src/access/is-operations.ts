import type { FastifyRequest } from 'fastify';

/** True for the routes that libs/service adds for operators, which carry no business data. */
export function isOperations({ url }: Pick<FastifyRequest, 'url'>): boolean {
  return url.startsWith('/health/');
}
