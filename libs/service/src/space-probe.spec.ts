import { setImmediate as turn } from 'node:timers/promises';
import { SpaceProbe } from './space-probe.js';

const FULL = Object.assign(new Error('could not write to file: No space left on device'), { code: '53100' });
const TOLD = expect.stringMatching(/^there is no space left .*No space left on device/) as unknown;

/** A probe on a database whose failure and a clock that the test sets; `look` answers what the look after the next answer of the database says. */
function probe(mb = 4) {
  const state = { failure: undefined as Error | undefined, nowMs: 0, asked: 0 };
  const query = async (): Promise<void> => {
    state.asked += 1;
    if (state.failure) throw state.failure;
  };
  const space = new SpaceProbe(query, mb, () => state.nowMs);
  const once = (): Promise<string> =>
    space.check().then(
      () => 'room',
      (error: unknown) => (error as Error).message,
    );
  const look = async (): Promise<string> => {
    await once();
    await turn();
    return once();
  };
  return { state, space, look };
}

test('T36, SEC-15: a full disk is found out, told at every look, and over by itself when there is space', async () => {
  const { state, look } = probe();
  expect(await look()).toBe('room');
  state.failure = FULL;
  expect(await look()).toBe('room');
  state.nowMs += 30_000;
  expect(await look()).toEqual(TOLD);
  state.failure = undefined;
  expect(await look()).toEqual(TOLD);
  state.nowMs += 2_000;
  expect(await look()).toBe('room');
});

test('T36: what a request has met is told at the next look, and however many look, the database is asked at a bounded rate', async () => {
  const { state, space, look } = probe();
  for (let at = 0; at < 20; at++) await look();
  expect(state.asked).toBe(1);
  state.failure = FULL;
  space.noticed(FULL);
  for (let at = 0; at < 20; at++) expect(await look()).toEqual(TOLD);
  expect(state.asked).toBe(1);
});

test('T36: a full disk is news once, and again after it was over', async () => {
  const { state, space, look } = probe();
  expect([space.noticed(FULL), space.noticed(FULL), space.noticed(FULL)]).toEqual([false, true, true]);
  await look();
  expect(await look()).toBe('room');
  expect(space.noticed(FULL)).toBe(false);
  expect(space.noticed(new Error('something else'))).toBe(false);
  expect(state.asked).toBe(1);
});

test('T36: another failure of the database is not told as a full disk', async () => {
  const { state, space, look } = probe();
  state.failure = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
  space.noticed(state.failure);
  expect(await look()).toBe('room');
});

test('a probe of 0 MB asks and tells nothing', async () => {
  const { state, space, look } = probe(0);
  space.noticed(FULL);
  expect([await look(), state.asked]).toEqual(['room', 0]);
});
