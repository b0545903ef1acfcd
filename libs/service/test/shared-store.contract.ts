import { MAX_STORE_KEY_LENGTH, MAX_STORE_VALUE_BYTES, StoreBoundsError, type SharedStore } from '../src/shared-store.js';

/** A store under test and the way its time passes: a manual clock is moved, a server's clock is waited for. */
export interface SharedStoreHarness {
  readonly store: SharedStore;
  /** A second connection to the same data, as another replica has it; the same object where there is only one process. */
  readonly replica: SharedStore;
  elapse(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

/** A window that is waited for to its end. */
const SHORT_MS = 300;
/** A window that no busy machine outlasts between two calls. */
const LONG_MS = 60_000;
/** A time that is waited for, and long enough for two calls inside it on a busy machine. */
const PATIENT_MS = 3_000;

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

    test('a window counts its hits and ends on its own time, which a hit in between does not prolong', async () => {
      const counter = key();
      const first = await harness.store.hit(counter, LONG_MS);
      expect(first).toEqual({ count: 1, resetsInMs: expect.any(Number) });
      await harness.elapse(SHORT_MS);
      const second = await harness.replica.hit(counter, LONG_MS);
      expect(second.count).toBe(2);
      // A window that each hit prolonged would lock a steady client out for good; half of the wait is room for how a server rounds.
      expect(second.resetsInMs).toBeLessThanOrEqual(first.resetsInMs - SHORT_MS / 2);
      expect(second.resetsInMs).toBeGreaterThanOrEqual(1);
    });

    test('a window begins again at 1 after its end', async () => {
      const counter = key();
      expect((await harness.store.hit(counter, SHORT_MS)).count).toBe(1);
      await harness.elapse(2 * SHORT_MS);
      expect((await harness.replica.hit(counter, SHORT_MS)).count).toBe(1);
    });

    test('SEC-5: a hit that is taken back is not counted; none of another window, and never more than there were', async () => {
      const counter = key();
      for (let time = 0; time < 3; time++) await harness.store.hit(counter, LONG_MS);
      await harness.replica.takeBack(counter);
      expect((await harness.store.hit(counter, LONG_MS)).count).toBe(3);
      for (let time = 0; time < 5; time++) await harness.store.takeBack(counter);
      expect((await harness.replica.hit(counter, LONG_MS)).count).toBe(1);
      const unknown = key();
      await harness.store.takeBack(unknown);
      expect(await harness.store.hit(unknown, LONG_MS)).toEqual({ count: 1, resetsInMs: expect.any(Number) });
    });

    test('counters of other keys, and values under the same key, are apart', async () => {
      const shared = key();
      await harness.store.setIfAbsent(shared, 'value', LONG_MS);
      expect((await harness.store.hit(shared, LONG_MS)).count).toBe(1);
      expect((await harness.store.hit(key(), LONG_MS)).count).toBe(1);
      expect(await harness.store.get(shared)).toBe('value');
    });

    test('a hundred hits at once are a hundred different counts', async () => {
      const counter = key();
      const counts = await Promise.all(Array.from({ length: 100 }, (_, index) => (index % 2 ? harness.store : harness.replica).hit(counter, LONG_MS)));
      expect(counts.map(({ count }) => count).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    });

    test('set-if-absent has one winner, and shows the others what stands', async () => {
      const nonce = key();
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => (index % 2 ? harness.store : harness.replica).setIfAbsent(nonce, `from ${index}`, LONG_MS)),
      );
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
      const winner = `from ${answers.indexOf(undefined)}`;
      expect(new Set(answers.filter((answer) => answer !== undefined))).toEqual(new Set([winner]));
      expect(await harness.replica.get(nonce)).toBe(winner);
    });

    test('a value stands, and goes when its time is over', async () => {
      const nonce = key();
      expect(await harness.store.setIfAbsent(nonce, 'first', SHORT_MS)).toBeUndefined();
      await harness.elapse(2 * SHORT_MS);
      expect(await harness.store.get(nonce)).toBeUndefined();
      expect(await harness.store.setIfAbsent(nonce, 'second', LONG_MS)).toBeUndefined();
      expect(await harness.replica.get(nonce)).toBe('second');
    });

    test('a refused write does not prolong what stands', async () => {
      const nonce = key();
      expect(await harness.store.setIfAbsent(nonce, 'first', PATIENT_MS)).toBeUndefined();
      expect(await harness.replica.setIfAbsent(nonce, 'second', 10 * LONG_MS)).toBe('first');
      await harness.elapse(PATIENT_MS + SHORT_MS);
      expect(await harness.store.get(nonce)).toBeUndefined();
    });

    test('delete says whether there was a value, and makes room for another', async () => {
      const response = key();
      expect(await harness.store.delete(response)).toBe(false);
      await harness.store.setIfAbsent(response, 'kept', LONG_MS);
      expect(await harness.replica.delete(response)).toBe(true);
      expect(await harness.store.get(response)).toBeUndefined();
      expect(await harness.store.setIfAbsent(response, 'again', LONG_MS)).toBeUndefined();
    });

    test('values come back to the character: empty, Chinese, line ends, NUL', async () => {
      for (const value of ['', '借款合同\n第一条', 'a\u0000b', '😀'.repeat(1000)]) {
        const response = key();
        await harness.store.setIfAbsent(response, value, LONG_MS);
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
