import { writeFileSync } from 'node:fs';
import { renderReasons } from './render-reasons.js';

writeFileSync(new URL('../docs/reasons.md', import.meta.url), renderReasons());
