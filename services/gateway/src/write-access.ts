import { writeFileSync } from 'node:fs';
import { ACCESS_FILE, renderAccess } from './access/render-access.js';

writeFileSync(ACCESS_FILE, renderAccess());
