import { connect, type Socket } from 'node:net';
import type { EvidenceScan } from '@millrace/contracts';
import { Problem } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { KycAntifraudConfig } from '../config.js';

const SCAN_TIMEOUT_MS = 8_000;
/** Below the smallest limit that clamd can be given. */
const CHUNK_BYTES = 65_536;

/** The command of clamd's protocol that scans what follows, with each part behind its length and an empty one at the end. */
function instream(file: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from('zINSTREAM\0')];
  for (let at = 0; at < file.length; at += CHUNK_BYTES) {
    const part = file.subarray(at, at + CHUNK_BYTES);
    parts.push(lengthOf(part.length), part);
  }
  return Buffer.concat([...parts, lengthOf(0)]);
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

function answerOf(socket: Socket, request: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    socket.setTimeout(SCAN_TIMEOUT_MS, () => socket.destroy(new Error('the virus scanner did not answer in time')));
    socket.on('data', (part) => parts.push(part));
    socket.once('error', reject);
    socket.once('close', () => resolve(Buffer.concat(parts).toString('latin1').replaceAll('\0', '').trim()));
    socket.end(request);
  });
}

/**
 * Asks clamd over its socket, as its own libraries for Node run programs, or were last released years ago; the protocol is one command. Where no
 * scanner is set, files are kept as `unscanned`.
 */
@Injectable()
export class VirusScanner {
  constructor(@Inject(KycAntifraudConfig) private readonly config: KycAntifraudConfig) {}

  /** Throws `FILE_INFECTED`, and where a scanner is set and cannot be asked: nothing may come in unseen then. */
  async scan(file: Buffer): Promise<EvidenceScan> {
    const { clamdAddress } = this.config;
    if (clamdAddress === undefined) return 'unscanned';
    const [host, port] = clamdAddress.split(/:(?=\d+$)/);
    const answer = await answerOf(connect({ host: host!, port: Number(port) }), instream(file));
    if (answer.endsWith('OK')) return 'clean';
    if (!answer.endsWith('FOUND')) throw new Error(`the virus scanner answered: ${answer.slice(0, 200)}`);
    throw new Problem({
      status: 422,
      code: 'FILE_INFECTED',
      title: 'The virus scanner has refused the file.',
      detail: 'Nothing was kept. Make the file again on a computer that is clean, and send it under the same id.',
    });
  }
}
