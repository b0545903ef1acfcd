import { BaseConfig, OperationsPort, Setting } from '@millrace/service';
import { IsInt, IsString, Max, Min } from 'class-validator';

/** Settings of provider-sandbox; the only place of this service that reads them. */
export class ProviderSandboxConfig extends BaseConfig {
  @Setting({ env: 'MILLRACE_PROVIDER_SANDBOX_PORT', description: 'Port of provider-sandbox, which plays every outside party.', default: 8090 })
  @IsInt()
  @Min(0)
  @Max(65_535)
  declare port: number;

  @OperationsPort('MILLRACE_PROVIDER_SANDBOX_OPERATIONS_PORT')
  declare operationsPort?: number;

  @Setting({ env: 'MILLRACE_PROVIDER_SANDBOX_DATABASE_URL', description: "PostgreSQL URL with provider-sandbox's own role.", secret: true })
  @IsString()
  declare databaseUrl: string;

  @Setting({
    env: 'MILLRACE_SANDBOX_DATA_DIR',
    description: 'Folder with firms.csv and invoices/, itself or in sme-invoices/, whose firms the sandbox knows; LENDING_DATA_DIR where it is not set.',
    optional: true,
  })
  @IsString()
  sandboxDataDirectory?: string;

  @Setting({
    env: 'LENDING_DATA_DIR',
    description: 'Folder of real data for tests and benchmarks; the sandbox knows its firms and watch lists.',
    optional: true,
  })
  @IsString()
  lendingDataDirectory?: string;
}
