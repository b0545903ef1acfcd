import { setTimeout as delay } from 'node:timers/promises';
import { until } from '@millrace/testing';
import { RestartableServer, type StoppableServer } from './restartable-server.js';

/** A server of which the test says when it ends; opening it fails as often as it is told. */
function servers(failures: number): { readonly opened: () => number; readonly end: (reason: string) => void; readonly open: () => Promise<StoppableServer> } {
  let opened = 0;
  let left = failures;
  let end: (reason: string) => void = () => undefined;
  const open = async (): Promise<StoppableServer> => {
    if (opened > 0 && left-- > 0) throw new Error('its memory is still in use');
    opened += 1;
    const ended = new Promise<string>((done) => (end = done));
    const stop = async (): Promise<void> => end('asked');
    return { pid: opened, ended, stop, kill: stop };
  };
  return { opened: () => opened, end: (reason) => end(reason), open };
}

test('D6, SEC-15: a server that ends by itself is named and started again, also where that fails first', async () => {
  const said: string[] = [];
  const { opened, end, open } = servers(1);
  const server = new RestartableServer('postgres', open, { say: (line) => said.push(line), onLost: (line) => said.push(line) });
  await server.start();
  end('SIGKILL');
  await until(async () => opened() === 2, 'the restart');
  await until(async () => said.length === 2, 'the news');
  expect(said).toEqual(['has ended (SIGKILL) and is started again', 'is back']);
  expect(server.pid).toBe(2);
});

test('D6: a server that was stopped or killed by us stays away', async () => {
  for (const how of ['stop', 'kill'] as const) {
    const said: string[] = [];
    const { opened, open } = servers(0);
    const server = new RestartableServer('kafka', open, { say: (line) => said.push(line), onLost: (line) => said.push(line) });
    await server.start();
    await server[how]();
    await delay(1_200);
    expect([opened(), said]).toEqual([1, []]);
  }
});

test('SEC-15: a server that cannot be started again is given up after ten tries, with the reason in one line', async () => {
  const { end, open } = servers(Infinity);
  const said: string[] = [];
  const lost = new Promise<string>((onLost) => {
    const server = new RestartableServer('postgres', open, { say: (line) => said.push(line), onLost });
    void server.start().then(() => end('code 137'));
  });
  expect(await lost).toBe('postgres has ended and cannot be started again (its memory is still in use); stop everything, see to that, and start it anew');
  expect(said).toEqual(['has ended (code 137) and is started again']);
}, 30_000);
