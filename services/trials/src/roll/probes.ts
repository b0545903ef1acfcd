import { type ApplicationView, GatewayClient } from '@millrace/client';
import { ConfigError } from '@millrace/service';
import type { Probe } from './keep-alive-prober.js';

const PARTNER = 'demo-partner';
const STAFF = 'demo-risk-officer';

function tokenOf(gatewayUrl: string, clientId: string, secrets: Readonly<Record<string, string>>): Promise<string> {
  const secret = secrets[clientId];
  if (!secret) throw new ConfigError(`there is no secret of the client ${clientId} among the secrets that were given`);
  const client = new GatewayClient(gatewayUrl, clientId, secret);
  return client.token().finally(() => client.close());
}

/** Reads that reach every service: of the newest application of the ready-made partner, as that partner and as staff. */
export async function probesOf(gatewayUrl: string, secrets: Readonly<Record<string, string>>): Promise<Probe[]> {
  const partner = await tokenOf(gatewayUrl, PARTNER, secrets);
  const staff = await tokenOf(gatewayUrl, STAFF, secrets);
  const client = new GatewayClient(gatewayUrl, PARTNER, secrets[PARTNER]!);
  const { items } = await client.call<{ items: ApplicationView[] }>('GET', '/v1/loan-applications?limit=1').finally(() => client.close());
  const [application] = items;
  if (!application) throw new ConfigError('this installation has no application to look at; send one first, e.g. with npm run demo -- --gateway');
  const path = `/v1/loan-applications/${application.applicationId}`;
  return [
    { path: '/v1/products', token: partner },
    { path, token: partner },
    { path: `${path}/timeline`, token: partner },
    { path: `${path}/verification`, token: staff },
    { path: `${path}/scores`, token: staff },
    { path: `${path}/payouts`, token: staff },
    // Whether it is a loan already or not: monitoring answers.
    { path: `/v1/loans/${application.loanId ?? application.applicationId}`, token: partner },
  ];
}
