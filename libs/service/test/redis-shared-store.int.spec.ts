import { createServer, connect, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '@millrace/contracts';
import { startTestRedis, until } from '@millrace/testing';
import { FallbackSharedStore } from '../src/fallback-shared-store.js';
import { createLogger } from '../src/logger.js';
import { MemorySharedStore } from '../src/memory-shared-store.js';
import { MetricsRegistry } from '../src/metrics.js';
import { openSharedStore } from '../src/open-shared-store.js';
import { RedisSharedStore } from '../src/redis-shared-store.js';
import { describeSharedStore } from './shared-store.contract.js';

const redis = await startTestRedis();
afterAll(() => redis?.stop());

/** Waits longer than a service does, as the machine may be busy; the test of a server that hangs must not. */
async function connectStore(address: string, commandTimeoutMs = 30_000): Promise<RedisSharedStore> {
  const store = new RedisSharedStore({ url: `redis://${address}`, onError: () => undefined, commandTimeoutMs });
  await store.ready();
  return store;
}

/** The way to a server, which a test can cut, or block so that the server seems to hang. */
class CuttableWay {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  blocked = false;
  /** Bytes that came in so far, blocked ones too. */
  received = 0;

  constructor(private readonly target: string) {}

  /** Opens the way; answers its address, the same each time. */
  async open(port = 0): Promise<string> {
    const [host, targetPort] = this.target.split(':');
    this.#server = createServer((socket) => {
      const onward = connect(Number(targetPort), host);
      for (const end of [socket, onward]) {
        this.#sockets.add(end);
        end.on('error', () => undefined);
        end.on('close', () => [socket, onward].forEach((other) => other.destroy()));
      }
      socket.on('data', (bytes) => {
        this.received += bytes.length;
        if (!this.blocked) onward.write(bytes);
      });
      onward.on('data', (bytes) => socket.write(bytes));
    });
    await new Promise<void>((done) => this.#server!.listen(port, '127.0.0.1', done));
    return `127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  async cut(): Promise<void> {
    this.#sockets.forEach((socket) => socket.destroy());
    this.#sockets.clear();
    await new Promise((done) => this.#server!.close(done));
  }
}

if (redis) {
  describeSharedStore('Redis', async () => {
    const [store, replica] = [await connectStore(redis.address), await connectStore(redis.address)];
    return { store, replica, elapse: (milliseconds) => delay(milliseconds), close: async () => void (await Promise.all([store.close(), replica.close()])) };
  });

  describe('a store that falls back', () => {
    let way: CuttableWay;
    let port: number;
    let changes: (string | undefined)[];
    let store: FallbackSharedStore;
    let other: RedisSharedStore;
    let serial = 0;
    const key = (): string => `fallback:${process.pid}:${++serial}`;

    beforeEach(async () => {
      way = new CuttableWay(redis.address);
      const address = await way.open();
      port = Number(address.split(':')[1]);
      changes = [];
      other = await connectStore(redis.address);
      store = new FallbackSharedStore(await connectStore(address), new MemorySharedStore(systemClock), (reason) => changes.push(reason?.message));
    });
    afterEach(async () => {
      await Promise.all([store.close(), other.close()]);
      await way.cut().catch(() => undefined);
    });

    test('counts with the others while Redis is there, alone while it is away, and with the others again', async () => {
      const counter = key();
      await other.hit(counter, 60_000);
      expect((await store.hit(counter, 60_000)).count).toBe(2);
      expect(store.inFallback).toBe(false);

      await way.cut();
      expect((await store.hit(counter, 60_000)).count).toBe(1);
      expect((await store.hit(counter, 60_000)).count).toBe(2);
      expect(await store.setIfAbsent(counter, 'kept here', 60_000)).toBeUndefined();
      expect(await store.get(counter)).toBe('kept here');
      expect(await store.delete(counter)).toBe(true);
      expect(store.inFallback).toBe(true);
      expect(changes).toEqual([expect.any(String)]);

      await way.open(port);
      await until(async () => {
        await store.get(counter);
        return !store.inFallback;
      }, 'the way back');
      expect((await store.hit(counter, 60_000)).count).toBe(3);
      expect(changes).toEqual([expect.any(String), undefined]);
    });

    test('D9: a server that hangs slows a few requests down, not every one', async () => {
      let nowMs = 0;
      const patient = new FallbackSharedStore(
        await connectStore(`127.0.0.1:${port}`, 50),
        new MemorySharedStore(systemClock),
        () => undefined,
        () => nowMs,
      );
      way.blocked = true;
      // The third late answer in a row shows that it hangs.
      for (let late = 0; late < 3; late++) await patient.hit(key(), 60_000);
      expect(patient.inFallback).toBe(true);
      const asked = way.received;
      for (let request = 0; request < 5; request++) expect((await patient.hit(key(), 60_000)).count).toBe(1);
      // The others do not wait for the server: they do not even ask it, until it is time to look again.
      expect(way.received).toBe(asked);
      nowMs += 1_000;
      await patient.hit(key(), 60_000);
      expect(way.received).toBeGreaterThan(asked);
      expect(patient.inFallback).toBe(true);
      await patient.close();
    });

    test('a service starts without Redis, serves, and says so in its metrics until Redis is there', async () => {
      await way.cut();
      const metrics = new MetricsRegistry('test');
      const logger = createLogger('test', 'silent');
      const opened = openSharedStore({ redisUrl: `redis://127.0.0.1:${port}`, clock: systemClock, metrics, logger });
      const shown = async (): Promise<string> => (await metrics.registry.metrics()).match(/^millrace_shared_store_fallback.* (\d)$/m)![1]!;
      expect((await opened.hit(key(), 60_000)).count).toBe(1);
      expect(await shown()).toBe('1');
      await way.open(port);
      await until(async () => (await opened.hit(key(), 60_000)) && (await shown()) === '0', 'the metric of a shared store that is back');
      await opened.close();
    });

    test('what the caller got wrong is no trouble of the store', async () => {
      await expect(store.hit('', 1)).rejects.toThrow(RangeError);
      expect(store.inFallback).toBe(false);
    });
  });
} else {
  test.skip('Redis', () => undefined);
}
