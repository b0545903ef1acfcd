import { defineService } from '@millrace/service';
import { checkContent } from './check-content.js';
import { ScoringConfig } from './config.js';
import { features } from './features/capability.js';
import { index } from './index/capability.js';
import { invoices } from './invoices/capability.js';
import { limit } from './limit/capability.js';
import { price } from './price/capability.js';
import { request } from './request/capability.js';
import { score } from './score/capability.js';
import { scorecard } from './scorecard/capability.js';

/** Features, score, risk index, limit and price of a firm, with all it takes to compute them again. */
export const scoring = defineService({
  name: 'scoring',
  schema: 'scoring',
  config: ScoringConfig,
  check: checkContent,
  migrations: new URL('../migrations', import.meta.url),
  capabilities: [features, scorecard, invoices, index, limit, price, request, score],
});
