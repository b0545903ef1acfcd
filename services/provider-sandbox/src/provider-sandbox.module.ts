import { defineService } from '@millrace/service';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { answer } from './answer/capability.js';
import { bank } from './bank/capability.js';
import { bureau } from './bureau/capability.js';
import { bureauDispute } from './bureau-dispute/capability.js';
import { bureauFiling } from './bureau-filing/capability.js';
import { sandboxCase } from './case/capability.js';
import { ProviderSandboxConfig } from './config.js';
import { counter } from './counter/capability.js';
import { courtCase } from './court-case/capability.js';
import { courts } from './courts/capability.js';
import { dataSet } from './data-set/capability.js';
import { directDebit } from './direct-debit/capability.js';
import { esign } from './esign/capability.js';
import { fault } from './fault/capability.js';
import { Faults } from './fault/faults.js';
import { firm } from './firm/capability.js';
import { identity } from './identity/capability.js';
import { invoice } from './invoice/capability.js';
import { notice } from './notice/capability.js';
import { profile } from './profile/capability.js';
import { refund } from './refund/capability.js';
import { registry } from './registry/capability.js';
import { statement } from './statement/capability.js';
import { tax } from './tax/capability.js';
import { toldMatter } from './told-matter/capability.js';
import { watchlist } from './watchlist/capability.js';

/** Nobody waits for the end of a fault when the sandbox stops. */
function endWaitsBeforeClose(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preClose', (done) => {
      app.get(Faults).endWaits();
      done();
    });
}

/** Every outside party over HTTP (docs/provider-contract.md), from made firms and data folders, with faults on request. */
export const providerSandbox = defineService({
  name: 'provider-sandbox',
  schema: 'provider_sandbox',
  config: ProviderSandboxConfig,
  migrations: new URL('../migrations', import.meta.url),
  capabilities: [
    profile,
    answer,
    fault,
    sandboxCase,
    dataSet,
    firm,
    registry,
    identity,
    bureau,
    tax,
    invoice,
    watchlist,
    courts,
    bank,
    directDebit,
    refund,
    statement,
    toldMatter,
    notice,
    bureauFiling,
    bureauDispute,
    courtCase,
    esign,
    counter,
  ],
  // It plays the outside world, which does not know our gateway.
  authenticatesItself: true,
  configure: endWaitsBeforeClose,
});
