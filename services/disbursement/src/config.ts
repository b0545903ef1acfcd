import { serviceConfig, Setting } from '@millrace/service';
import { IsInt, IsUrl, Max, Min } from 'class-validator';

/** Settings of disbursement; the only place of this service that reads them. `MILLRACE_FIELD_KEYS` must be set: it keeps account numbers. */
export class DisbursementConfig extends serviceConfig('disbursement') {
  @Setting({
    env: 'MILLRACE_PROVIDERS_URL',
    description: 'Base address of the outside providers; the bank that pays loans out is asked there.',
    default: 'http://127.0.0.1:8090',
  })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'] })
  providersUrl!: string;

  @Setting({
    env: 'MILLRACE_BANK_TIMEOUT_MS',
    description: 'How long the bank may take to answer, in milliseconds; after that the outcome is unknown and is asked about.',
    default: 10_000,
  })
  @IsInt()
  @Min(100)
  @Max(25_000)
  bankTimeoutMs!: number;
}
