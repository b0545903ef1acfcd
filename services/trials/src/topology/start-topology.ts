import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { processEnvironment, serviceVariable, SETTING_PREFIX } from '@millrace/service';
import { ALL_SERVICES } from '@millrace/standalone';
import { PORT_STEP } from '@millrace/standalone/plan-processes';
import type { Program } from '@millrace/standalone/service-process';
import { startDistributed, type RunningDistributed } from '@millrace/standalone/start-distributed';
import { quietPorts } from './quiet-ports.js';

/** File of the data directory with every line that a service prints. */
const SERVICES_LOG = 'services.log';
const LINES_SHOWN = 10;
/** Between the ports of the instances. */
const OPERATIONS_OFFSET = PORT_STEP / 2;

/** What a program that measures or breaks a topology wants of it. */
export interface TopologyOptions {
  /** Holds everything, and is thrown away by the caller. */
  readonly dataDirectory: string;
  /** Processes of each service. */
  readonly instances: number;
  /** Runs a service in place of its own `main`. */
  readonly program?: Program;
  /** Settings besides those that the topology needs. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The topology of `npm run start:distributed` with servers of its own, on ports that stay free while one is away. */
export async function startTopology({ dataDirectory, instances, settings = {}, program }: TopologyOptions): Promise<RunningDistributed> {
  const ofServices = Array.from({ length: instances }, (_, at) => ALL_SERVICES.map((_service, index) => index + at * PORT_STEP)).flat();
  const [first, second, third] = [0, 1, 2].map((at) => ALL_SERVICES.length + at) as [number, number, number];
  const ofOperations = ofServices.map((offset) => offset + OPERATIONS_OFFSET);
  const ports = await quietPorts([...ofServices, ...ofOperations, first, second, third]);
  const [postgres, kafka, redis] = ports.slice(-3) as [number, number, number];
  const given = Object.entries(processEnvironment()).filter(([name]) => !name.startsWith(SETTING_PREFIX));
  const environment = {
    ...Object.fromEntries(given),
    ...Object.fromEntries(ALL_SERVICES.map((definition, at) => [serviceVariable(definition.name, 'PORT'), String(ports[at])])),
    ...Object.fromEntries(ALL_SERVICES.map((definition, at) => [serviceVariable(definition.name, 'OPERATIONS_PORT'), String(ports[at]! + OPERATIONS_OFFSET)])),
    // What these programs measure or break begins and ends with them.
    MILLRACE_DRAIN_MS: '0',
    MILLRACE_DATA_DIR: dataDirectory,
    MILLRACE_LOG_LEVEL: 'warn',
    ...settings,
  };
  const log = createWriteStream(join(dataDirectory, SERVICES_LOG));
  let last: string[] = [];
  const say = (label: string, line: string): void => {
    last = [...last.slice(1 - LINES_SHOWN), `${label} ${line}`];
    log.write(`${label} ${line}\n`);
  };
  try {
    return await startDistributed({ environment, instances, serverPorts: { postgres, kafka, redis }, say, ...(program ? { program } : {}) });
  } catch (error) {
    // A service says itself why it does not start.
    if (last.length > 0) process.stderr.write(`${last.join('\n')}\n`);
    // The caller removes the directory next.
    await new Promise((done) => log.end(done));
    throw error;
  }
}
