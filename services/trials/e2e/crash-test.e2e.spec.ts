import { randomInt } from 'node:crypto';
import { runProgram } from './run-program.js';

// Goal: a process that is killed loses nothing. Method: the program itself, short, with a new seed each time; `npm run crash-test` is the long one.
test('the whole process is killed while applications are in flight: nothing is lost, nothing is paid twice, nothing is left running', async () => {
  const seed = randomInt(2 ** 31 - 1);
  const { code, output } = await runProgram('services/trials/src/crash-test/main.ts', '--seed', String(seed), '--applications', '20', '--kills', '2');
  if (code !== 0) throw new Error(output);
  expect(output).toMatch(/killed [12] times at work/);
  expect(output).toMatch(/holds\s+one-debit/);
  expect(output).toMatch(new RegExp(`seed ${seed}\\s*$`));
}, 600_000);
