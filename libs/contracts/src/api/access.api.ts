import { describeAnswer, type AnswerOf } from './field.js';
import { choice, object, text, whole } from './fields.js';
import { describeRoute } from './route.js';

export const TOKEN_BODY = describeAnswer(
  'TokenRequest',
  'callers',
  'A token request as a form or as JSON; the credentials may come by HTTP Basic instead (RFC 6749).',
  {
    grant_type: choice({ client_credentials: 'The client asks for itself.' }, 'The grant.'),
    client_id: text(100, 'Id of the client.', 'partner-one').optional(),
    client_secret: text(200, 'Its secret.', 'a-secret-of-32-characters-or-more').optional(),
  },
);

export const TOKEN = describeAnswer('Token', 'callers', 'An access token (RFC 6749).', {
  access_token: text(4_000, 'JWT signed with Ed25519; send it as `authorization: Bearer …`.', 'eyJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl'),
  token_type: choice({ Bearer: 'It is shown as it is.' }, 'How it is used.'),
  expires_in: whole(1, 86_400, 'Lifetime.', 3_600, 'seconds'),
  scope: text(500, 'Roles of staff, or `partner`.', 'partner'),
});
export type TokenAnswer = AnswerOf<typeof TOKEN>;

export const PUBLIC_KEY = describeAnswer('PublicKey', 'callers', 'A JSON Web Key of Ed25519 (RFC 8037).', {
  kty: text(10, 'Family of the key.', 'OKP'),
  crv: text(20, 'Curve.', 'Ed25519'),
  x: text(100, 'The public key itself, base64url.', '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'),
  kid: text(100, 'Name of the key, which a token’s header gives.', 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'),
  alg: text(20, 'Algorithm of the signatures.', 'EdDSA'),
  use: text(10, 'What it is for: signatures.', 'sig'),
});

export type PublicKeyAnswer = AnswerOf<typeof PUBLIC_KEY>;

export const KEY_SET = describeAnswer('KeySet', 'callers', 'Public keys of access tokens (RFC 7517).', {
  keys: object(PUBLIC_KEY, 'The one that signs first; the others are still believed.').list(10),
});
export type KeySetAnswer = AnswerOf<typeof KEY_SET>;

export const SERVER_METADATA = describeAnswer('AuthorizationServer', 'callers', 'Where an OAuth client finds what it needs (RFC 8414).', {
  issuer: text(
    500,
    'Identifier of this installation as an authorization server: its public address, and `iss` of every access token.',
    'https://lender.example',
  ),
  token_endpoint: text(500, 'Address of tokens.', 'https://lender.example/v1/oauth/token'),
  jwks_uri: text(500, 'Address of the public keys.', 'https://lender.example/v1/.well-known/jwks.json'),
  scopes_supported: text(60, 'A scope that a token may have.', 'partner').list(50),
  response_types_supported: text(60, 'None: nobody is sent to a browser.', 'none').list(10),
  grant_types_supported: text(60, 'A grant that is taken.', 'client_credentials').list(10),
  token_endpoint_auth_methods_supported: text(60, 'A way of showing the secret.', 'client_secret_basic').list(10),
  service_documentation: text(500, 'Address of the page of the API.', 'https://lender.example/v1/docs'),
});
export type ServerMetadataAnswer = AnswerOf<typeof SERVER_METADATA>;

export const EVENT_SCHEMA = describeAnswer('EventSchema', 'callers', 'JSON Schema of an event type, draft 2020-12; it has further members.', {
  $id: text(
    500,
    'Address of the schema; what `dataschema` of an event leads to.',
    'https://lender.example/v1/event-schemas/dev.millrace.lending.loan-application.submitted.v1.json',
  ),
});

export const ISSUE_TOKEN = describeRoute({
  name: 'token_issue',
  method: 'POST',
  path: '/v1/oauth/token',
  tag: 'Access',
  summary: 'Get an access token',
  description: 'OAuth 2 client credentials; partners and staff alike.',
  body: TOKEN_BODY,
  answers: { 200: { meaning: 'A token.', body: TOKEN } },
  problems: {
    400: { UNSUPPORTED_GRANT_TYPE: 'The request asks for another grant.' },
    401: { INVALID_CLIENT: 'The client is unknown or its secret is wrong.' },
    429: {
      TOO_MANY_TOKEN_REQUESTS: 'Too many requests for tokens; `retry-after` says when to go on.',
      TOO_MANY_FAILED_LOGINS: 'Too many wrong secrets; `retry-after` says when to go on.',
    },
  },
});

export const SHOW_KEYS = describeRoute({
  name: 'token_keys',
  method: 'GET',
  path: '/v1/.well-known/jwks.json',
  tag: 'Access',
  summary: 'Public keys that access tokens are checked with',
  answers: { 200: { meaning: 'The key set.', body: KEY_SET } },
});

export const SHOW_SERVER_METADATA = describeRoute({
  name: 'token_metadata',
  method: 'GET',
  path: '/.well-known/oauth-authorization-server',
  tag: 'Access',
  summary: 'Where an OAuth client finds token address, keys and scopes (RFC 8414)',
  answers: { 200: { meaning: 'The metadata.', body: SERVER_METADATA } },
});

export const SHOW_EVENT_SCHEMA = describeRoute({
  name: 'eventSchema_read',
  method: 'GET',
  path: '/v1/event-schemas/:name',
  tag: 'Event schemas',
  summary: 'JSON Schema of an event type',
  description: 'What `dataschema` of an event leads to; `$id` is the same address. A schema is no secret, so no token is asked for.',
  answers: { 200: { meaning: 'JSON Schema, draft 2020-12.', body: EVENT_SCHEMA } },
});
