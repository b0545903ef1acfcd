import { serviceConfig, Setting } from '@millrace/service';
import { IsIn, IsInt, IsUrl, Max, Min } from 'class-validator';
import { scorecardIds } from './scorecard/load-scorecard.js';

/** Settings of scoring; the only place of this service that reads them. */
export class ScoringConfig extends serviceConfig('scoring') {
  @Setting({
    env: 'MILLRACE_PROVIDERS_URL',
    description: 'Base address of registry, identity, bureau, tax, invoice, watchlist and court providers.',
    default: 'http://127.0.0.1:8090',
  })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'] })
  providersUrl!: string;

  @Setting({
    env: 'MILLRACE_SCORING_SOURCE_TIMEOUT_MS',
    description: 'How long the invoice provider may stay silent, in milliseconds; the batch is asked for again later.',
    default: 10_000,
  })
  @IsInt()
  @Min(50)
  @Max(60_000)
  sourceTimeoutMs!: number;

  @Setting({
    env: 'MILLRACE_SCORING_SCORECARD',
    description:
      'Id of the scorecard that scores new requests (what was verified before `sme-invoice-v2` keeps `sme-invoice-v1`); `scenario-v0` is for scenario tests, never for lending.',
    default: 'sme-invoice-v2',
  })
  @IsIn(scorecardIds())
  scorecardId!: string;
}
