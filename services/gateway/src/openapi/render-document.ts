import { buildDocument } from './build-document.js';

/** The committed copy of the document. */
export const OPENAPI_FILE = new URL('../../../../docs/openapi.json', import.meta.url);

/** The document as text. */
export function renderDocument(): string {
  return `${JSON.stringify(buildDocument(), undefined, 2)}\n`;
}
