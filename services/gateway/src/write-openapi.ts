import { writeFileSync } from 'node:fs';
import { OPENAPI_FILE, renderDocument } from './openapi/render-document.js';

writeFileSync(OPENAPI_FILE, renderDocument());
