import { mkdirSync } from 'node:fs';
import { missingForLocalKafka, missingForLocalRedis } from '@millrace/service';
import { startTopology } from '../topology/start-topology.js';
import type { RunningDistributed } from '@millrace/standalone/start-distributed';
import type { BenchOptions } from './bench-options.js';
import { measureRound, roundLine, type LoadRound, type SystemUnderLoad } from './measure-round.js';
import { MEASURED_SETTINGS } from './measured-system.js';
import { processorSeconds } from './processor-time.js';

/** All rounds on the topology of `npm run start:distributed`, one process a service. */
export interface DistributedFigures {
  readonly rounds: readonly LoadRound[];
}

/** Says what the machine lacks for it; undefined where nothing is missing. */
export function missingForDistributed(): string | undefined {
  return missingForLocalKafka() ?? missingForLocalRedis();
}

function sum(pids: readonly (number | undefined)[]): number | undefined {
  const seconds = pids.filter((pid) => pid !== undefined).map(processorSeconds);
  return seconds.some((value) => value === undefined) ? undefined : seconds.reduce<number>((total, value) => total + value!, 0);
}

function underLoad({ gatewayUrl, sandboxUrl, secrets, processes, servers }: RunningDistributed): SystemUnderLoad {
  const ofServers = (isDatabase: boolean): (number | undefined)[] => servers.filter(({ name }) => (name === 'postgres') === isDatabase).map(({ pid }) => pid);
  return {
    addresses: { gatewayUrl, sandboxUrl, clientSecrets: secrets.clientSecrets },
    processors: () => ({ services: sum(processes.map(({ pid }) => pid)), postgres: sum(ofServers(true)), broker: sum(ofServers(false)) }),
  };
}

/** The whole way of a loan over Kafka and Redis, each service in a process of its own. */
export async function measureDistributed(dataDirectory: string, options: BenchOptions, say: (line: string) => void): Promise<DistributedFigures> {
  mkdirSync(dataDirectory, { recursive: true });
  const topology = await startTopology({ dataDirectory, instances: 1, settings: MEASURED_SETTINGS });
  const rounds: LoadRound[] = [];
  try {
    for (let at = 1; at <= options.rounds; at++) {
      const round = await measureRound(underLoad(topology), options);
      rounds.push(round);
      say(roundLine('distributed', at, round));
    }
  } finally {
    await topology.stop();
  }
  return { rounds };
}
