import { failStart, runService } from '@millrace/service';
import { ALL_SERVICES } from '@millrace/standalone';
import { ParentClock } from './parent-clock.js';

// One service as its own `main` runs it, but on the clock of the program that has started it: `clocked-service.js SERVICE MILLISECONDS`.
const [name, startMs] = process.argv.slice(2);
const definition = ALL_SERVICES.find((service) => service.name === name);
if (!definition) failStart(new Error(`there is no service ${name}`));
await runService(definition, new ParentClock(Number(startMs)));
