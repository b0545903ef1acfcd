import { runService } from '@millrace/service';
import { providerSandbox } from './provider-sandbox.module.js';

await runService(providerSandbox);
