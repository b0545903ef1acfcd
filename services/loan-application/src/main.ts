import { runService } from '@millrace/service';
import { loanApplication } from './loan-application.module.js';

await runService(loanApplication);
