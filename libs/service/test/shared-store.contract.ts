import { MAX_STORE_KEY_LENGTH, MAX_STORE_VALUE_BYTES, StoreBoundsError, type SharedStore } from '../src/shared-store.js';

/** A store under test and the way its time passes: a manual clock is moved, a server's clock is waited for. */
export interface SharedStoreHarness {
  readonly store: SharedStore;
  /** A second connection to the same data, as another replica has it; the same object where there is only one process. */
  readonly replica: SharedStore;
  elapse(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

const WINDOW_MS = 300;

/** What every adapter of the port must do; run by the spec of each adapter, unchanged. */
export function describeSharedStore(name: string, open: () => Promise<SharedStoreHarness>): void {
  describe(`SharedStore contract: ${name}`, () => {
    let harness: SharedStoreHarness;
    let serial = 0;
    const key = (): string => `contract:${name}:${process.pid}:${++serial}`;

    beforeAll(async () => {
      harness = await open();
    });
    afterAll(() => harness.close());

    test('a window counts its hits, ends on its own time, and begins again at 1', async () => {
      const counter = key();
      expect((await harness.store.hit(counter, WINDOW_MS)).count).toBe(1);
      await harness.elapse(WINDOW_MS / 2);
      const second = await harness.replica.hit(counter, WINDOW_MS);
      expect(second.count).toBe(2);
      // A hit in between must not prolong the window, or a steady client would be locked out for good.
      expect(second.resetsInMs).toBeLessThanOrEqual(WINDOW_MS / 2);
      expect(second.resetsInMs).toBeGreaterThanOrEqual(1);
      await harness.elapse(WINDOW_MS);
      expect((await harness.store.hit(counter, WINDOW_MS)).count).toBe(1);
    });

    test('counters of other keys, and values under the same key, are apart', async () => {
      const shared = key();
      await harness.store.setIfAbsent(shared, 'value', 60_000);
      expect((await harness.store.hit(shared, 60_000)).count).toBe(1);
      expect((await harness.store.hit(key(), 60_000)).count).toBe(1);
      expect(await harness.store.get(shared)).toBe('value');
    });

    test('a hundred hits at once are a hundred different counts', async () => {
      const counter = key();
      const counts = await Promise.all(Array.from({ length: 100 }, (_, index) => (index % 2 ? harness.store : harness.replica).hit(counter, 60_000)));
      expect(counts.map(({ count }) => count).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    });

    test('set-if-absent has one winner, and shows the others what stands', async () => {
      const nonce = key();
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => (index % 2 ? harness.store : harness.replica).setIfAbsent(nonce, `from ${index}`, 60_000)),
      );
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
      const winner = `from ${answers.indexOf(undefined)}`;
      expect(new Set(answers.filter((answer) => answer !== undefined))).toEqual(new Set([winner]));
      expect(await harness.replica.get(nonce)).toBe(winner);
    });

    test('a value stands until its time is over; a refused write does not prolong it', async () => {
      const nonce = key();
      expect(await harness.store.setIfAbsent(nonce, 'first', WINDOW_MS)).toBeUndefined();
      await harness.elapse(WINDOW_MS / 2);
      expect(await harness.store.setIfAbsent(nonce, 'second', 60_000)).toBe('first');
      await harness.elapse(WINDOW_MS);
      expect(await harness.store.get(nonce)).toBeUndefined();
      expect(await harness.store.setIfAbsent(nonce, 'third', WINDOW_MS)).toBeUndefined();
      expect(await harness.store.get(nonce)).toBe('third');
    });

    test('delete says whether there was a value, and makes room for another', async () => {
      const response = key();
      expect(await harness.store.delete(response)).toBe(false);
      await harness.store.setIfAbsent(response, 'kept', 60_000);
      expect(await harness.replica.delete(response)).toBe(true);
      expect(await harness.store.get(response)).toBeUndefined();
      expect(await harness.store.setIfAbsent(response, 'again', 60_000)).toBeUndefined();
    });

    test('values come back to the character: empty, Chinese, line ends, NUL', async () => {
      for (const value of ['', '借款合同\n第一条', 'a\u0000b', '😀'.repeat(1000)]) {
        const response = key();
        await harness.store.setIfAbsent(response, value, 60_000);
        expect(await harness.replica.get(response)).toBe(value);
      }
    });

    test('keys, values and times out of bounds are refused by name', async () => {
      await expect(harness.store.hit('', 1)).rejects.toThrow(StoreBoundsError);
      await expect(harness.store.get('k'.repeat(MAX_STORE_KEY_LENGTH + 1))).rejects.toThrow(StoreBoundsError);
      await expect(harness.store.hit(key(), 0)).rejects.toThrow(StoreBoundsError);
      await expect(harness.store.setIfAbsent(key(), 'v', 1.5)).rejects.toThrow(StoreBoundsError);
      await expect(harness.store.setIfAbsent(key(), 'v'.repeat(MAX_STORE_VALUE_BYTES + 1), 1_000)).rejects.toThrow(StoreBoundsError);
    });
  });
}
