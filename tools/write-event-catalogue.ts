import { writeFileSync } from 'node:fs';
import { EventCatalogue } from './event-catalogue.js';
import { serviceDefinitions } from './service-definitions.js';

writeFileSync(new URL('../docs/events.md', import.meta.url), new EventCatalogue(await serviceDefinitions()).render());
