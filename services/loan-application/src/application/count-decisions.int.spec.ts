import { MetricsRegistry } from '@millrace/service';
import type { TestService } from '@millrace/testing';
import { offered, startHub } from '../../test/hub.js';

const HOUR_MS = 3_600_000;

let hub: TestService;
beforeAll(async () => {
  hub = await startHub('http://127.0.0.1:1');
});
afterAll(() => hub?.stop());

async function approvedBy(decider: string, window: string): Promise<number | undefined> {
  const text = await hub.service.app.get(MetricsRegistry).registry.getSingleMetricAsString('millrace_recent_decisions');
  const line = text.split('\n').find((row) => [`window="${window}"`, 'outcome="approved"', `decider="${decider}"`].every((label) => row.includes(label)));
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
}

test('T27, T58: recent decisions are there before the first, come from the database, and leave each window as time goes on', async () => {
  expect([await approvedBy('engine', '1h'), await approvedBy('engine', '7d'), await approvedBy('person', '7d')]).toEqual([0, 0, 0]);
  await offered(hub);
  hub.clock.advance(60_000);
  expect([await approvedBy('engine', '1h'), await approvedBy('engine', '7d'), await approvedBy('person', '7d')]).toEqual([1, 1, 0]);
  hub.clock.advance(2 * HOUR_MS);
  expect([await approvedBy('engine', '1h'), await approvedBy('engine', '7d')]).toEqual([0, 1]);
  hub.clock.advance(7 * 24 * HOUR_MS);
  expect(await approvedBy('engine', '7d')).toBe(0);
});
