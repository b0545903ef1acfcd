import { writeFileSync } from 'node:fs';
import { renderProcessPage } from './process-page.js';

writeFileSync(new URL('../docs/loan-process.md', import.meta.url), renderProcessPage());
