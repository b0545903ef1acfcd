import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The harmless text that every virus scanner takes for a virus; parted, so that none takes this file for one. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** A scanner that speaks the one command of clamd which is used: `zINSTREAM`, parts with their length before them, an empty one at the end. */
export class ClamdDouble {
  readonly #server: Server;
  /** `silent` closes without a word, as a scanner that restarts does. */
  mode: 'scan' | 'silent' = 'scan';
  scanned = 0;

  constructor() {
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      const parts: Buffer[] = [];
      socket.on('data', (part) => parts.push(part));
      socket.once('end', () => {
        const file = fileOf(Buffer.concat(parts));
        this.scanned += 1;
        socket.end(this.mode === 'silent' ? '' : file.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
      });
      socket.once('error', () => undefined);
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise((done) => this.#server.close(done));
  }
}

function fileOf(request: Buffer): Buffer {
  const command = 'zINSTREAM\0';
  if (request.subarray(0, command.length).toString('latin1') !== command) throw new Error('no INSTREAM');
  const parts: Buffer[] = [];
  let at = command.length;
  for (let length = request.readUInt32BE(at); length > 0; length = request.readUInt32BE(at)) {
    parts.push(request.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return Buffer.concat(parts);
}
