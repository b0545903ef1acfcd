import { addressOfCall, GatewayClient } from '@millrace/client';
import {
  LIST_APPLICATIONS,
  LIST_PAYOUTS,
  LIST_PRODUCTS,
  LIST_SCORES,
  SHOW_APPLICATION,
  SHOW_APPLICATION_TIMELINE,
  SHOW_LOAN,
  SHOW_VERIFICATION,
} from '@millrace/contracts/api';
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
  const { items } = await client.ask(LIST_APPLICATIONS, { limit: 1 }).finally(() => client.close());
  const [application] = items;
  if (!application) throw new ConfigError('this installation has no application to look at; send one first, e.g. with npm run demo -- --gateway');
  const { applicationId, loanId } = application;
  return [
    { path: addressOfCall(LIST_PRODUCTS, {}), token: partner },
    ...[SHOW_APPLICATION, SHOW_APPLICATION_TIMELINE].map((route) => ({ path: addressOfCall(route, { applicationId }), token: partner })),
    ...[SHOW_VERIFICATION, LIST_SCORES, LIST_PAYOUTS].map((route) => ({ path: addressOfCall(route, { applicationId }), token: staff })),
    // Whether it is a loan already or not: monitoring answers.
    { path: addressOfCall(SHOW_LOAN, { loanId: loanId ?? applicationId }), token: partner },
  ];
}
