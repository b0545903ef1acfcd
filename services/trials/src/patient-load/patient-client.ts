import { GatewayClient, GatewayProblem } from '@millrace/client';
import { setTimeout as delay } from 'node:timers/promises';

const WAIT_MS = 500;

/** A client of the gateway that waits for a process that is away, with the same id and content, and remembers what was accepted. */
export class PatientClient extends GatewayClient {
  /** Paths of the writes that were answered with yes. */
  readonly accepted: string[] = [];

  override async call<T>(method: 'GET' | 'PUT', path: string, body?: unknown): Promise<T> {
    for (;;) {
      try {
        const answer = await super.call<T>(method, path, body);
        if (method === 'PUT') this.accepted.push(path);
        return answer;
      } catch (error) {
        // A process that is dying or starting answers with trouble of its own, or not at all.
        if (error instanceof GatewayProblem && error.status < 500 && error.status !== 429) throw error;
        await delay(WAIT_MS);
      }
    }
  }
}
