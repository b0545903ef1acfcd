import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** A server program that must not outlive us. */
export interface SupervisedServerOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** Everything it prints; begun anew at each start. */
  readonly logFile: string;
  /** Asks it to stop without loss. */
  readonly stopSignal: 'INT' | 'TERM';
  /** User that it runs as; the one that runs us where it is not given. */
  readonly user?: { readonly uid?: number; readonly gid?: number };
}

/** A server that was started; whether it is ready shows only on its port. */
export interface SupervisedServer {
  /** Process that watches the server, which is its child. */
  readonly pid: number;
  /** Code of a server that has ended. */
  readonly exitCode: number | null;
  /** Resolves with what ended it when it has ended, whoever ended it. */
  readonly ended: Promise<string>;
  /** The end of what it printed, in one line, to say why it did not start. */
  lastLines(): string;
  readonly stop: () => Promise<void>;
  /** Ends it at once, without a chance to tidy up, as a crash does. */
  readonly kill: () => Promise<void>;
}

// The server gets a session of its own, so that Ctrl-C in the terminal reaches our graceful stop and not it; and it ends when our end
// of the pipe closes, so that it never outlives us, however we die.
const supervisor = (stopSignal: string): string => `exec 3<&0
"$@" </dev/null & server=$!
{ cat <&3 >/dev/null; kill -${stopSignal} $server 2>/dev/null; } & watcher=$!
wait $server; code=$?
while kill -0 $server 2>/dev/null; do wait $server; code=$?; done
kill $watcher 2>/dev/null; exit $code`;

/** Starts a server program that ends with this process. */
export function startSupervised(options: SupervisedServerOptions): SupervisedServer {
  const { command, args, logFile, stopSignal, user = {} } = options;
  const log = openSync(logFile, 'w', 0o600);
  // One of before, which others could read: what a server prints may name what it was asked.
  chmodSync(logFile, 0o600);
  const server = spawn('/bin/sh', ['-c', supervisor(stopSignal), 'sh', command, ...args], { ...user, cwd: '/', detached: true, stdio: ['pipe', log, log] });
  closeSync(log);
  server.unref();
  const ended = async (end: () => void): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, 'exit');
    server.ref();
    end();
    await exit;
  };
  return {
    pid: server.pid!,
    ended: once(server, 'exit').then(([code, signal]) => String(signal ?? `code ${String(code)}`)),
    get exitCode() {
      return server.exitCode;
    },
    lastLines: () => readFileSync(logFile, 'utf8').trim().split('\n').slice(-2).join(' | '),
    stop: () => ended(() => server.stdin?.end()),
    // Its session is a process group of its own: the shell that watches it, and the server.
    kill: () => ended(() => process.kill(-server.pid!, 'SIGKILL')),
  };
}

/** A port on 127.0.0.1 that nobody listens on now. */
export async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
