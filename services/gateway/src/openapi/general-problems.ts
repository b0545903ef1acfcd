import { idsOf, type Problems, type Route } from '@millrace/contracts/api';
import { accessTo } from '../access/access-table.js';

/** Sentence of each code, by status. */
export type ProblemsByStatus = Problems;

const ANY_ROUTE: Problems = {
  405: { METHOD_NOT_ALLOWED: 'The address offers other methods; `allow` names them.' },
  429: {
    RATE_LIMITED: 'Too many requests in a minute; `retry-after` says when to go on.',
    TOO_MANY_IN_FLIGHT: 'Too many requests of this organisation are under way at once.',
  },
  500: { INTERNAL: 'The gateway failed; tell the operator the time and the path.' },
};
const WITH_TOKEN: Problems = {
  401: { INVALID_TOKEN: 'The token is missing, expired or not valid.' },
  403: { FORBIDDEN: 'The role does not allow this.' },
  502: { SERVICE_FAILED: 'A part of the system failed.' },
  503: { SERVICE_UNAVAILABLE: 'A part of the system is away; send the same request again after `retry-after` seconds.' },
  504: { SERVICE_TIMEOUT: 'A part of the system did not answer in time; send the same request again.' },
};
const WITH_QUERY: Problems = { 400: { VALIDATION_FAILED: 'A field, a parameter or an id is unknown or not well-formed; `errors` names each.' } };
const WITH_ID: Problems = { ...WITH_QUERY, 404: { NOT_FOUND: 'There is no such thing, or not for this client.' } };
const WITH_BODY: Problems = {
  400: { ...WITH_QUERY[400], MALFORMED_JSON: 'The body is not JSON.' },
  413: { BODY_TOO_LARGE: 'The body is larger than 1 MiB.' },
  415: { UNSUPPORTED_MEDIA_TYPE: 'The body is sent as something else than JSON.' },
};
const WITH_FILE: Problems = { 415: { UNSUPPORTED_MEDIA_TYPE: 'The body is no file of a type that is taken.' } };
const WRITING: Problems = {
  400: { ID_NOT_UUIDV7: 'The id of what is to be made is not a UUIDv7.' },
  409: { ID_REUSED: 'The id was used for other content.', WRONG_STATUS: 'The status does not allow it now.' },
};

/** Problems that a route has because of its kind: every route, those with a token, an id, a query, a body, and writes. */
export function generalProblems(route: Route): ProblemsByStatus {
  const open = accessTo(route.method, route.path)?.open === true;
  const kinds = [
    ANY_ROUTE,
    ...(open ? [] : [WITH_TOKEN]),
    ...(route.query ? [WITH_QUERY] : []),
    ...(idsOf(route.path).length > 0 ? [WITH_ID] : []),
    ...(route.body ? [WITH_BODY] : []),
    ...(route.file ? [WITH_FILE] : []),
    ...(route.method === 'PUT' ? [WRITING] : []),
  ];
  const all: Record<string, Record<string, string>> = {};
  for (const kind of kinds) for (const [status, codes] of Object.entries(kind)) all[status] = { ...all[status], ...codes };
  return all;
}
