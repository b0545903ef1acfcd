import { writeFileSync } from 'node:fs';
import { toText } from '../libs/contracts/tools/schema-files.js';
import { asyncApi } from './asyncapi.js';
import { EventCatalogue } from './event-catalogue.js';
import { productVersion } from './product-version.js';
import { serviceDefinitions } from './service-definitions.js';

const services = await serviceDefinitions();
writeFileSync(new URL('../docs/events.md', import.meta.url), new EventCatalogue(services).render());
writeFileSync(new URL('../docs/asyncapi.json', import.meta.url), toText(asyncApi(services, productVersion())));
