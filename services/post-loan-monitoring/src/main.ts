import { runService } from '@millrace/service';
import { postLoanMonitoring } from './post-loan-monitoring.module.js';

await runService(postLoanMonitoring);
