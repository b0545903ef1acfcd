import { runService } from '@millrace/service';
import { scoring } from './scoring.module.js';

await runService(scoring);
