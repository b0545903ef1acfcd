import { defineService } from '@millrace/service';
import { access } from './access/capability.js';
import { readTrustedProxies } from './access/trusted-proxies.js';
import { accountChange } from './account-change/capability.js';
import { admission } from './admission/capability.js';
import { application } from './application/capability.js';
import { client } from './client/capability.js';
import { checkConfiguredClients } from './client/configured-client.js';
import { GatewayConfig } from './config.js';
import { configureGateway } from './configure-gateway.js';
import { described } from './described/capability.js';
import { evidence } from './evidence/capability.js';
import { eventSchema } from './event-schema/capability.js';
import { handedOn } from './handed-on/capability.js';
import { language } from './language/capability.js';
import { openapi } from './openapi/capability.js';
import { score } from './score/capability.js';
import { task } from './task/capability.js';
import { timeline } from './timeline/capability.js';
import { token } from './token/capability.js';
import { upstream } from './upstream/capability.js';

const ANSWERING = [
  admission,
  client,
  token,
  access,
  upstream,
  described,
  language,
  openapi,
  eventSchema,
  timeline,
  task,
  score,
  application,
  accountChange,
  evidence,
];

/** The front door: authentication, roles, limits and the timeline; all else it hands on. */
export const gateway = defineService({
  name: 'gateway',
  schema: 'gateway',
  config: GatewayConfig,
  check: ({ clients }) => checkConfiguredClients(clients),
  migrations: new URL('../migrations', import.meta.url),
  capabilities: [...ANSWERING, handedOn(ANSWERING)],
  // Tokens are checked by this service's own guard.
  authenticatesItself: true,
  trustedProxies: ({ trustedProxies }) => readTrustedProxies(trustedProxies),
  configure: configureGateway,
});
