import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseOutage } from './database-outage.js';
import { createLogger } from './logger.js';

/** An outage with the lines that it tells. */
function watched(): { readonly outage: DatabaseOutage; readonly lines: string[] } {
  const lines: string[] = [];
  const logger = createLogger('test', 'info', { write: (line) => void lines.push((JSON.parse(line) as { msg: string }).msg) });
  return { outage: new DatabaseOutage(logger, () => Promise.resolve()), lines };
}

test('T36: a full disk is no outage, which a read would end at once, again and again', async () => {
  const { outage, lines } = watched();
  for (let request = 0; request < 3; request++) outage.noticed(Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' }));
  await delay(1_200);
  expect([outage.away, lines]).toEqual([false, []]);
});

test('SEC-15: a database that is away is told once, and once when it is back', async () => {
  const { outage, lines } = watched();
  for (let request = 0; request < 3; request++) outage.noticed(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
  while (outage.away) await delay(50);
  expect(lines).toEqual([expect.stringMatching(/^the database is away/), 'the database is back']);
});
