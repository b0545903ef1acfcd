import { ManualClock } from '@millrace/contracts';
import { MemorySharedStore } from '../src/memory-shared-store.js';
import { describeSharedStore } from './shared-store.contract.js';

describeSharedStore('in memory', async () => {
  const clock = new ManualClock(new Date('2026-03-02T00:00:00Z'));
  const store = new MemorySharedStore(clock);
  return {
    store,
    replica: store,
    elapse: async (milliseconds) => clock.advance(milliseconds),
    close: () => store.close(),
  };
});

test('what has expired is swept, so that memory does not grow with the number of clients ever seen', async () => {
  const clock = new ManualClock(new Date('2026-03-02T00:00:00Z'));
  const store = new MemorySharedStore(clock);
  for (let client = 0; client < 5_000; client++) {
    await store.hit(`client:${client}`, 10);
    clock.advance(10);
  }
  expect(store.size).toBeLessThanOrEqual(1_024);
});
