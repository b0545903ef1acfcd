import { runService } from '@millrace/service';
import { gateway } from './gateway.module.js';

await runService(gateway);
