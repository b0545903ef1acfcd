import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { failStart } from '@millrace/service';
import { newSecrets } from '../secrets.js';
import { fillEnv, missingLines } from './fill-env.js';

const FILE = '.env';

/** What is there belongs to the data that it protects, and stays. */
function complete(example: string): string {
  const lines = missingLines(readFileSync(FILE, 'utf8'), example, newSecrets());
  if (lines.size === 0) return '.env is there already and lacks nothing; it is left as it is';
  appendFileSync(FILE, ['', '# What this version needs besides.', ...lines.values(), ''].join('\n'));
  return `.env has got what it lacked, and is otherwise left as it is: ${[...lines.keys()].join(', ')}`;
}

function write(example: string): string {
  writeFileSync(FILE, fillEnv(example, newSecrets()), { mode: 0o600, flag: 'wx' });
  return '.env is written; keep it: without its field keys the personal data of this installation cannot be read';
}

// `npm run secrets`: what `docker compose up` asks for, made once and readable by its owner only.
try {
  const example = readFileSync('.env.example', 'utf8');
  process.stdout.write(`${existsSync(FILE) ? complete(example) : write(example)}\n`);
} catch (error) {
  failStart(error);
}
