import { failStart } from '@millrace/service';
import { readDemoOptions } from '../demo/demo-options.js';
import { runFirmsDemo } from '../demo/run-firms-demo.js';
import { runBookDemo } from './run-book-demo.js';

/** `npm run demo`: firms on their way to a loan, or with `--book` a book of loans over its months. */
async function main(): Promise<void> {
  const options = readDemoOptions(process.argv);
  await (options.book === undefined ? runFirmsDemo(options) : runBookDemo({ ...options, loans: options.book }));
}

await main().catch(failStart);
