import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections: one of those could take ours while the process that listens is away. */
const PORTS = { least: 20_000, below: 30_000 };

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((done) => server.once('error', () => done(false)).listen(port, '127.0.0.1', () => done(true)));
  if (free) await new Promise((done) => server.close(done));
  return free;
}

/** Ports that nobody listens on now, and that no outgoing connection will take; each as far from the first possible one as `offsets` say. */
export async function quietPorts(offsets: readonly number[]): Promise<number[]> {
  for (;;) {
    const base = randomInt(PORTS.least, PORTS.below - Math.max(...offsets));
    const ports = offsets.map((offset) => base + offset);
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return ports;
  }
}
