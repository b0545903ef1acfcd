import { runService } from '@millrace/service';
import { kycAntifraud } from './kyc-antifraud.module.js';

await runService(kycAntifraud);
