import { writeFileSync } from 'node:fs';
import { renderProcess } from './render-process.js';

writeFileSync(new URL('../../../../docs/loan-process.md', import.meta.url), renderProcess());
