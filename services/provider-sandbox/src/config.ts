import { serviceConfig, Setting } from '@millrace/service';
import { IsString } from 'class-validator';

/** Settings of provider-sandbox; the only place of this service that reads them. */
export class ProviderSandboxConfig extends serviceConfig('provider-sandbox') {
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
