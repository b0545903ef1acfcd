import { serviceConfig, Setting } from '@millrace/service';
import { IsInt, IsUrl, Max, Min } from 'class-validator';

/** Settings of kyc-antifraud; the only place of this service that reads them. `MILLRACE_FIELD_KEYS` must be set: it keeps personal data. */
export class KycAntifraudConfig extends serviceConfig('kyc-antifraud') {
  @Setting({
    env: 'MILLRACE_PROVIDERS_URL',
    description: 'Base address of registry, identity, bureau, tax, invoice, watchlist and court providers.',
    default: 'http://127.0.0.1:8090',
  })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'] })
  providersUrl!: string;

  @Setting({
    env: 'MILLRACE_KYC_SOURCE_TIMEOUT_MS',
    description: 'How long a source may take to answer, in milliseconds; the same query is asked again later.',
    default: 10_000,
  })
  @IsInt()
  @Min(50)
  @Max(60_000)
  sourceTimeoutMs!: number;
}
