import { Problem } from '@millrace/service';
import { CLIENT_ID, MAX_SECRET_LENGTH } from '../client/configured-client.js';

/** What a client shows to get a token. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

type OAuthError = 'invalid_request' | 'invalid_client' | 'unsupported_grant_type';

/** A refusal as RFC 6749 §5.2 has it, inside a problem. */
export function oauthProblem(status: 400 | 401, error: OAuthError, description: string, detail?: string): Problem {
  return new Problem({
    status,
    code: error.toUpperCase(),
    title: description,
    ...(detail === undefined ? {} : { detail }),
    headers: { 'cache-control': 'no-store', ...(status === 401 ? { 'www-authenticate': 'Basic realm="millrace", charset="UTF-8"' } : {}) },
    extensions: { error, error_description: description },
  });
}

/** One answer for an unknown client, a wrong secret and no secret: none can be told from the other. */
export function invalidClient(): Problem {
  return oauthProblem(
    401,
    'invalid_client',
    'The client is unknown or its secret is wrong.',
    'Check that client_id and client_secret are those of the installation behind this very address: another one, or one whose data was made anew, has ' +
      'others. Sending the same again does not help, and after some wrong secrets this address is refused for a while.',
  );
}

/** What no client can have goes no further: the database takes no NUL, and hashing takes time with the length. */
function checkForm(credentials: ClientCredentials): ClientCredentials {
  if (!CLIENT_ID.test(credentials.clientId) || credentials.clientSecret.length > MAX_SECRET_LENGTH) throw invalidClient();
  return credentials;
}

/** Id and secret are form-encoded before they are joined (RFC 6749 §2.3.1). */
function decodeBasic(authorization: string): ClientCredentials {
  const joined = Buffer.from(authorization.slice('basic '.length).trim(), 'base64').toString('utf8');
  const colon = joined.indexOf(':');
  if (colon < 0) throw invalidClient();
  const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));
  try {
    return { clientId: decode(joined.slice(0, colon)), clientSecret: decode(joined.slice(colon + 1)) };
  } catch {
    throw invalidClient();
  }
}

/** Reads a client-credentials request; parameters that it does not know are ignored, as RFC 6749 §3.2 asks. */
export function readClientCredentials(authorization: string | undefined, body: unknown): ClientCredentials {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const { grant_type: grantType, client_id: clientId, client_secret: clientSecret } = fields;
  if (typeof grantType !== 'string') throw oauthProblem(400, 'invalid_request', 'Send grant_type once, as text.');
  if (grantType !== 'client_credentials') throw oauthProblem(400, 'unsupported_grant_type', 'The grant offered here is client_credentials.');
  if (authorization !== undefined && /^basic /i.test(authorization)) {
    const basic = decodeBasic(authorization);
    if (clientSecret !== undefined || (clientId !== undefined && clientId !== basic.clientId))
      throw oauthProblem(400, 'invalid_request', 'Send the credentials in one place, not in two.');
    return checkForm(basic);
  }
  if (typeof clientId !== 'string' || typeof clientSecret !== 'string') throw invalidClient();
  return checkForm({ clientId, clientSecret });
}
