import { RunningMonitoring } from '../../test/running-monitoring.js';
import { makeWay, nameSession } from './make-way.js';

// Goal: the close rests while money moves, and not for another worker of the close. Method: a session of the service's own role is left in a transaction.
let monitoring: RunningMonitoring;

beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(() => monitoring.stop());

/** Time that the close gives way after a part of so long; a clock that is set back or a slow machine only makes it longer. */
async function restOf(partMs: number): Promise<number> {
  const beganMs = performance.now();
  await makeWay(monitoring.test.pool, partMs);
  return performance.now() - beganMs;
}

test('R-CR-07: the close rests as long as its part took while another session of its service is at work', async () => {
  const other = await monitoring.test.pool.connect();
  try {
    await other.query('begin');
    expect(await restOf(400)).toBeGreaterThanOrEqual(390);
    expect(await restOf(60_000)).toBeLessThan(30_000);
    await nameSession(other);
    // Others of the running service come and go in a moment; a worker of the close that stays is none of them.
    const rests = [await restOf(1_000), await restOf(1_000), await restOf(1_000), await restOf(1_000), await restOf(1_000)];
    expect(Math.min(...rests)).toBeLessThan(900);
  } finally {
    await other.query('rollback');
    other.release();
  }
}, 180_000);
