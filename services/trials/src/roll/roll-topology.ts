import { GatewayClient } from '@millrace/client';
import { makeDemoDirectory } from '../demo/demo-directory.js';
import { startTopology } from '../topology/start-topology.js';
import { sendSampleApplication } from '@millrace/standalone/sample-application';
import { KeepAliveProber, type ProbeReport } from './keep-alive-prober.js';
import { probesOf } from './probes.js';

/** How a roll of local processes is done. */
export interface RollOptions {
  /** Least number of requests beside it. */
  readonly requests: number;
  /** Processes of each service. */
  readonly instances: number;
  readonly drainMs: number;
}

/** Every process of a topology of its own is stopped and started again, one after the other, while a caller that does not send again looks on. */
export async function rollTopology({ requests, instances, drainMs }: RollOptions, say: (line: string) => void): Promise<ProbeReport> {
  const directory = makeDemoDirectory();
  try {
    const topology = await startTopology({ dataDirectory: directory.path, instances, settings: { MILLRACE_DRAIN_MS: String(drainMs) } });
    try {
      const { balancedGatewayUrl: gatewayUrl, secrets, sandboxUrl, processes } = topology;
      const partner = new GatewayClient(gatewayUrl, 'demo-partner', secrets.clientSecrets['demo-partner']!);
      await sendSampleApplication(sandboxUrl, partner, say).finally(() => partner.close());
      const prober = new KeepAliveProber(gatewayUrl, await probesOf(gatewayUrl, secrets.clientSecrets));
      let rolled = false;
      const report = prober.run(() => rolled && prober.requests >= requests);
      try {
        for (const process of processes) {
          // Of the sandbox there is one: no caller of the gateway waits for it.
          await process.roll();
          say(`${process.planned.label} is rolled; ${prober.requests} requests so far`);
        }
      } finally {
        rolled = true;
      }
      return await report;
    } finally {
      await topology.stop();
    }
  } finally {
    directory.remove();
  }
}
