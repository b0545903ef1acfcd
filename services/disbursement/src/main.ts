import { runService } from '@millrace/service';
import { disbursement } from './disbursement.module.js';

await runService(disbursement);
