import { ConfigError, failStart, processEnvironment } from '@millrace/service';
import { missingServer } from './given-servers.js';

// What is missing is said before a build of minutes, and before the first server is started.
const missing = missingServer(processEnvironment());
if (missing) failStart(new ConfigError(missing));
