import { generateKeyPairSync } from 'node:crypto';
import { TestService, type Answer } from '@millrace/testing';
import { gateway } from '../src/gateway.module.js';

/** The key that the suites' gateways sign with. */
export const SIGNING_KEY = generateKeyPairSync('ed25519').privateKey;
export const SIGNING_PEM = SIGNING_KEY.export({ type: 'pkcs8', format: 'pem' }).toString();

const SECRET = 'a-secret-of-the-tests';

/** Clients of two tenants. */
export const CLIENTS = [
  { clientId: 'client-1', kind: 'partner', tenantId: 't1', partnerId: 'partner-1', roles: [] },
  { clientId: 'client-2', kind: 'partner', tenantId: 't1', partnerId: 'partner-2', roles: [] },
  { clientId: 'stranger', kind: 'partner', tenantId: 't2', partnerId: 'partner-1', roles: [] },
  { clientId: 'olga', kind: 'staff', tenantId: 't1', roles: ['risk_officer'] },
  { clientId: 'anna', kind: 'staff', tenantId: 't1', roles: ['account_manager'] },
  { clientId: 'pavel', kind: 'staff', tenantId: 't1', roles: ['payment_officer'] },
  { clientId: 'audrey', kind: 'staff', tenantId: 't1', roles: ['auditor'] },
  { clientId: 'other-staff', kind: 'staff', tenantId: 't2', roles: ['risk_officer'] },
  { clientId: 'carla', kind: 'staff', tenantId: 't1', roles: ['credit_approver'] },
  { clientId: 'cora', kind: 'staff', tenantId: 't1', roles: ['compliance'] },
] as const;
export type ClientId = (typeof CLIENTS)[number]['clientId'];

/** What a request may carry beside its path. */
export interface Sent {
  readonly as?: ClientId;
  /** A string goes out as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The real gateway, with clients and a key of the tests. */
export class RunningGateway {
  readonly #tokens = new Map<ClientId, string>();

  private constructor(readonly service: TestService) {}

  static async start(upstreamUrl: string, environment: Readonly<Record<string, string>> = {}, logTo?: { write(line: string): void }): Promise<RunningGateway> {
    const service = await TestService.start(gateway, {
      ...(logTo ? { logTo } : {}),
      environment: {
        MILLRACE_GATEWAY_SIGNING_KEY: SIGNING_PEM.replaceAll('\n', '\\n'),
        MILLRACE_GATEWAY_CLIENTS: JSON.stringify(CLIENTS.map((client) => ({ ...client, clientSecret: SECRET }))),
        MILLRACE_LOAN_APPLICATION_URL: upstreamUrl,
        MILLRACE_KYC_ANTIFRAUD_URL: upstreamUrl,
        MILLRACE_SCORING_URL: upstreamUrl,
        MILLRACE_DISBURSEMENT_URL: upstreamUrl,
        MILLRACE_POST_LOAN_MONITORING_URL: upstreamUrl,
        ...environment,
      },
    });
    return new RunningGateway(service as unknown as TestService);
  }

  stop(): Promise<void> {
    return this.service.stop();
  }

  async send(method: string, path: string, { as, body, headers = {} }: Sent = {}): Promise<Answer> {
    const answer = await fetch(`${this.service.url}${path}`, {
      method,
      headers: {
        ...(as ? { authorization: `Bearer ${await this.token(as)}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: /json/.test(answer.headers.get('content-type') ?? '') ? (JSON.parse(text) as unknown) : text,
    };
  }

  get(path: string, as: ClientId): Promise<Answer> {
    return this.send('GET', path, { as });
  }

  put(path: string, as: ClientId, body: unknown): Promise<Answer> {
    return this.send('PUT', path, { as, body });
  }

  /** Asks for a token as a client's program does. */
  login(clientId: string, clientSecret: string = SECRET): Promise<Answer> {
    return this.send('POST', '/v1/oauth/token', { body: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret } });
  }

  async token(clientId: ClientId): Promise<string> {
    const known = this.#tokens.get(clientId);
    if (known) return known;
    const { status, body } = await this.login(clientId);
    if (status !== 200) throw new Error(`no token for ${clientId}: ${status} ${JSON.stringify(body)}`);
    this.#tokens.set(clientId, body.access_token);
    return body.access_token;
  }
}
