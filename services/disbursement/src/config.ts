import { BaseConfig, OperationsPort, Setting } from '@millrace/service';
import { IsInt, IsString, IsUrl, Max, Min } from 'class-validator';

/** Settings of disbursement; the only place of this service that reads them. `MILLRACE_FIELD_KEYS` must be set: it keeps account numbers. */
export class DisbursementConfig extends BaseConfig {
  @Setting({ env: 'MILLRACE_DISBURSEMENT_PORT', description: 'Port of disbursement.', default: 8084 })
  @IsInt()
  @Min(0)
  @Max(65_535)
  declare port: number;

  @OperationsPort('MILLRACE_DISBURSEMENT_OPERATIONS_PORT')
  declare operationsPort?: number;

  @Setting({ env: 'MILLRACE_DISBURSEMENT_DATABASE_URL', description: "PostgreSQL URL with disbursement's own role.", secret: true })
  @IsString()
  declare databaseUrl: string;

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
