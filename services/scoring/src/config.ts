import { BaseConfig, OperationsPort, Setting } from '@millrace/service';
import { IsIn, IsInt, IsString, IsUrl, Max, Min } from 'class-validator';
import { scorecardIds } from './scorecard/load-scorecard.js';

/** Settings of scoring; the only place of this service that reads them. */
export class ScoringConfig extends BaseConfig {
  @Setting({ env: 'MILLRACE_SCORING_PORT', description: 'Port of scoring.', default: 8083 })
  @IsInt()
  @Min(0)
  @Max(65_535)
  declare port: number;

  @OperationsPort('MILLRACE_SCORING_OPERATIONS_PORT')
  declare operationsPort?: number;

  @Setting({ env: 'MILLRACE_SCORING_DATABASE_URL', description: "PostgreSQL URL with scoring's own role.", secret: true })
  @IsString()
  declare databaseUrl: string;

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
