import { isUnavailable } from '@millrace/messaging';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { DatabaseOutage } from './database-outage.js';
import { databaseProblem, isDiskFull } from './database-problem.js';
import { BrokenSealError } from './field-cipher.js';
import type { SpaceProbe } from './space-probe.js';
import { Problem, problemBody, type ProblemDetails } from './problem.js';

const BY_STATUS: Readonly<Record<number, Omit<ProblemDetails, 'status'>>> = {
  400: { code: 'BAD_REQUEST', title: 'The request cannot be understood.' },
  404: { code: 'NOT_FOUND', title: 'There is nothing at this address.', detail: 'Check the method and the path against the OpenAPI description.' },
  405: { code: 'METHOD_NOT_ALLOWED', title: 'This method is not offered here.' },
  408: { code: 'REQUEST_TIMEOUT', title: 'The request did not arrive in time.', detail: 'Nothing was done. Send it again over a faster connection.' },
  413: { code: 'BODY_TOO_LARGE', title: 'The body is larger than 1 MiB.', detail: 'Send a smaller body.' },
  414: { code: 'URI_TOO_LONG', title: 'The address is too long.' },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', title: 'The body is not JSON.', detail: 'Send `content-type: application/json`.' },
};

/** Fastify's own errors carry a status code, those of PostgreSQL an SQLSTATE. */
interface ForeignError {
  readonly statusCode?: number;
  readonly code?: string;
}

/** A text that PostgreSQL cannot store (NUL, half of a character): it was in the request, and the same request never gets further. */
const UNSTORABLE_TEXT: ReadonlySet<string> = new Set(['22021', '22P05']);

/** Nothing of such a record is shown; what else waits for it is told by whoever holds it (SEC-10). */
const RECORD_NOT_TRUSTED: ProblemDetails = {
  status: 409,
  code: 'RECORD_NOT_TRUSTED',
  title: 'A stored record of personal data is not what was stored, so it is not shown.',
  detail: 'Nothing was changed. Tell the operator: `lendctl verify` names the record, and a backup has it as it was.',
};

function detailsOf(error: unknown): ProblemDetails {
  if (error instanceof Problem) return error.details;
  if (error instanceof BrokenSealError) return RECORD_NOT_TRUSTED;
  const { statusCode = 500, code = '' } = (error ?? {}) as ForeignError;
  if (UNSTORABLE_TEXT.has(code))
    return { status: 400, code: 'BAD_REQUEST', title: 'A text of this request has a character that cannot be stored.', detail: 'Take it out.' };
  const status = error instanceof HttpException ? error.getStatus() : statusCode;
  const known = BY_STATUS[status];
  if (known) return { status, ...known };
  if (status >= 400 && status < 500) return { status, ...(BY_STATUS[400] as Omit<ProblemDetails, 'status'>) };
  return {
    status: 500,
    code: 'INTERNAL',
    title: 'Something went wrong on our side.',
    detail: 'The same request may well fail again. It is free to send it with the same id, and the operator finds the reason in the log by time and path.',
  };
}

/** Renders every error of every endpoint as RFC 9457 problem+json; what went wrong inside goes to the log, never to the client. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly outage: DatabaseOutage,
    private readonly space: SpaceProbe,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const database = databaseProblem(error);
    const details = database ?? detailsOf(error);
    this.#tell(error, details, request, database !== undefined);
    if (reply.sent) return;
    void reply
      .status(details.status)
      .headers(details.headers ?? {})
      .type('application/problem+json')
      .send(problemBody(details, request.url.split('?')[0] ?? '/'));
  }

  /** An outage is told once and not by each request that meets it, and a problem of ours was told where it was found. */
  #tell(error: unknown, { status }: ProblemDetails, request: FastifyRequest, ofDatabase: boolean): void {
    const about = { err: error, method: request.method, path: request.url.split('?')[0] };
    if (error instanceof BrokenSealError) this.logger.error(about, 'a stored record is not what was stored, a person has to look');
    if (status < 500) return;
    // Of a full disk readiness tells, once: the database is there.
    if (ofDatabase && isDiskFull(error)) this.space.noticed(error);
    else if (ofDatabase && isUnavailable(error)) this.outage.noticed(error);
    else if (ofDatabase) this.logger.warn(about, 'a statement took too long and was broken off');
    else if (error instanceof Problem) this.logger.debug(about, 'request refused');
    else this.logger.error(about, 'request failed');
  }
}
