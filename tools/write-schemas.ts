import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { allEventClasses } from '@millrace/contracts';
import { EventCatalogue } from './event-catalogue.js';
import { serviceDefinitions } from './service-definitions.js';
import { EventSchemas } from '../libs/contracts/tools/event-schema.js';
import { fileName, jsonFiles, refusals, RELEASED_SCHEMAS, SCHEMAS, toText } from '../libs/contracts/tools/schema-files.js';

// Writes schemas/ from the event classes; with --release also schemas/released/, the baseline of later breaking-change checks.
const generator = new EventSchemas();
const schemas = allEventClasses().map((eventClass) => generator.of(eventClass));
const catalogue = new EventCatalogue(await serviceDefinitions());
const refused = refusals(RELEASED_SCHEMAS, schemas, (schema) => catalogue.readersOf(schema));
if (refused.length > 0) {
  process.stderr.write(`${refused.join('\n')}\n`);
  process.exit(1);
}
const folders = process.argv.includes('--release') ? [SCHEMAS, RELEASED_SCHEMAS] : [SCHEMAS];
for (const folder of folders) {
  mkdirSync(folder, { recursive: true });
  const names = new Set(schemas.map(fileName));
  for (const name of jsonFiles(folder)) if (!names.has(name)) rmSync(new URL(name, folder));
  for (const schema of schemas) writeFileSync(new URL(fileName(schema), folder), toText(schema));
}
process.stdout.write(`${schemas.length} schemas written to ${folders.length === 1 ? 'schemas/' : 'schemas/ and schemas/released/'}\n`);
