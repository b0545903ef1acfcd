import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { SupervisedServer } from './supervised-server.js';

/** A server program that is not installed or does not start; one line that says what to do. */
export class LocalServerError extends Error {}

/** A server that runs on this machine without a container. */
export interface LocalServer {
  /** Process that the server is a child of. */
  readonly pid: number;
  /** `host:port`. */
  readonly address: string;
  readonly stop: () => Promise<void>;
  /** Resolves with what ended it when it has ended, whoever ended it. */
  readonly ended: Promise<string>;
  /** Ends it at once, as a crash does. */
  readonly kill: () => Promise<void>;
}

/** A JVM takes half a minute on a machine that is busy with other work; one that fails ends before. */
const START_TIMEOUT_MS = 180_000;

/** True where the program can be started. */
export function hasProgram(command: string, versionFlag: string): boolean {
  return spawnSync(command, [versionFlag], { stdio: 'ignore' }).status === 0;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  const connected = await new Promise<boolean>((done) => socket.once('connect', () => done(true)).once('error', () => done(false)));
  socket.destroy();
  return connected;
}

/** Waits for a server's port, and ends one that does not open it. */
export async function untilListening(name: string, server: SupervisedServer, port: number): Promise<LocalServer> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; server.exitCode === null && Date.now() < deadline; await delay(50)) {
    if (await answers(port)) return { pid: server.pid, address: `127.0.0.1:${port}`, stop: server.stop, kill: server.kill, ended: server.ended };
  }
  await server.stop();
  throw new LocalServerError(`${name} did not start: ${server.lastLines()}`);
}
