import { Problem, type FieldError, type InsideService } from '@millrace/service';

const RETRY_SECONDS = 5;

/** The service cannot be reached, or says itself that it cannot work now. */
export function serviceUnavailable(service: InsideService, retryAfter = String(RETRY_SECONDS)): Problem {
  return new Problem({
    status: 503,
    code: 'SERVICE_UNAVAILABLE',
    title: 'A part of the system is away for the moment.',
    detail: `${service} does not answer. Send the same request again, with the same id: it is done once however often it comes.`,
    headers: { 'retry-after': retryAfter },
  });
}

/** The service was reached and did not answer in time, so the outcome is unknown. */
export function serviceTimeout(service: InsideService): Problem {
  return new Problem({
    status: 504,
    code: 'SERVICE_TIMEOUT',
    title: 'A part of the system did not answer in time.',
    detail: `${service} may or may not have done it. Send the same request again, with the same id: it is done once however often it comes.`,
  });
}

/** The service answered with something that no client can use; its log says what. */
export function serviceFailed(service: InsideService): Problem {
  return new Problem({
    status: 502,
    code: 'SERVICE_FAILED',
    title: 'A part of the system failed.',
    detail: `${service} failed at it, and the same request may well fail again: tell the operator the time and the path. Under the same id it is done once however often it comes.`,
  });
}

interface ProblemJson {
  readonly code?: unknown;
  readonly title?: unknown;
  readonly detail?: unknown;
  readonly errors?: unknown;
}

/** What the client is told of a refusal: a problem of the request as the service said it, trouble of the service in the gateway's own words. */
export function problemOfAnswer(service: InsideService, status: number, body: unknown, retryAfter: string | undefined): Problem {
  if (status === 503 || status === 429) return serviceUnavailable(service, retryAfter);
  const { code, title, detail, errors } = (typeof body === 'object' && body !== null ? body : {}) as ProblemJson;
  const ofTheRequest = status >= 400 && status < 500 && typeof code === 'string' && typeof title === 'string';
  // 401 means that the gateway itself was not believed; no token of the client's can mend that.
  if (!ofTheRequest || status === 401) return serviceFailed(service);
  return new Problem({
    status,
    code,
    title,
    ...(typeof detail === 'string' ? { detail } : {}),
    ...(Array.isArray(errors) ? { errors: errors as FieldError[] } : {}),
  });
}
