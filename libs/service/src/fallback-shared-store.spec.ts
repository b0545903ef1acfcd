import { systemClock } from '@millrace/contracts';
import { FallbackSharedStore } from './fallback-shared-store.js';
import { MemorySharedStore } from './memory-shared-store.js';

/** A store whose answers come late, or not at all, as a test says. */
class TroubledStore extends MemorySharedStore {
  trouble: string | undefined;
  asked = 0;

  override hit(key: string, windowMs: number): ReturnType<MemorySharedStore['hit']> {
    this.asked++;
    return this.trouble ? Promise.reject(new Error(this.trouble)) : super.hit(key, windowMs);
  }
}

function storeOf(): { primary: TroubledStore; store: FallbackSharedStore; changes: (string | undefined)[]; hit: () => Promise<unknown> } {
  const primary = new TroubledStore(systemClock);
  const changes: (string | undefined)[] = [];
  const store = new FallbackSharedStore(
    primary,
    new MemorySharedStore(systemClock),
    (reason) => changes.push(reason?.message),
    () => 0,
  );
  return { primary, store, changes, hit: () => store.hit('a', 60_000) };
}

test('D9: one or two late answers are a busy moment; the third in a row is an outage, told once', async () => {
  const { primary, store, changes, hit } = storeOf();
  primary.trouble = 'Command timed out';
  await hit();
  await hit();
  expect([store.inFallback, changes]).toEqual([false, []]);
  await hit();
  await hit();
  expect([store.inFallback, changes]).toEqual([true, ['Command timed out']]);
  // The fourth call does not wait for a server that hangs.
  expect(primary.asked).toBe(3);
});

test('D9: an answer in time ends the count', async () => {
  const { primary, store, hit } = storeOf();
  for (const trouble of ['timed out', 'timed out', undefined, 'timed out', 'timed out']) {
    primary.trouble = trouble;
    await hit();
  }
  expect(store.inFallback).toBe(false);
});

test('D9: a lost connection is an outage at once', async () => {
  const { primary, store, changes, hit } = storeOf();
  primary.trouble = 'connect ECONNREFUSED';
  await hit();
  expect([store.inFallback, changes]).toEqual([true, ['connect ECONNREFUSED']]);
});
