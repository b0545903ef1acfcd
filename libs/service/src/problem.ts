/** One field that is wrong, as the client named it. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** Parts of an RFC 9457 problem. */
export interface ProblemDetails {
  readonly status: number;
  /** Stable, upper-snake; clients and tests rely on it. */
  readonly code: string;
  /** One plain sentence: what is wrong. */
  readonly title: string;
  /** What to do about it. */
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the body that another standard asks for, e.g. `error` of RFC 6749. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** An expected refusal; the global filter renders it as `application/problem+json`. */
export class Problem extends Error {
  readonly details: ProblemDetails;

  constructor(details: ProblemDetails) {
    super(`${details.code}: ${details.title}`);
    this.details = details;
  }

  get status(): number {
    return this.details.status;
  }

  get code(): string {
    return this.details.code;
  }
}

/** Body of a problem as it goes over the wire. */
export function problemBody(details: ProblemDetails, instance: string): Record<string, unknown> {
  return {
    type: `https://millrace.dev/problems/${details.code.toLowerCase().replaceAll('_', '-')}`,
    title: details.title,
    status: details.status,
    ...(details.detail ? { detail: details.detail } : {}),
    code: details.code,
    instance,
    ...(details.errors ? { errors: details.errors } : {}),
    ...details.extensions,
  };
}

/** The answer for an unknown id, and for another partner's: one cannot be told from the other (R-OP-06). */
export function notFound(what: string, detail = 'Check the id; you see only what your own organisation has made.'): Problem {
  return new Problem({
    status: 404,
    code: 'NOT_FOUND',
    title: `There is no such ${what}.`,
    detail,
  });
}

/** The answer where a client-made id comes again with other content; `field` where the id is in the body (T15). */
export function idReused(what: string, field?: string): Problem {
  return new Problem({
    status: 409,
    code: 'ID_REUSED',
    title: `This id already names another ${what}.`,
    detail: 'Send the first content again to get the first answer, or make a new id. Nothing was changed.',
    ...(field === undefined ? {} : { errors: [{ field, message: `names another ${what} already` }] }),
  });
}
