import { describeEvent, TASK_EVENTS, versionedType } from '@millrace/contracts';
import { assertProcess } from '@millrace/process';
import type { Provider } from '@nestjs/common';
import type { Capability } from './capability.js';

/** All that the capabilities of a service bring, each list in their order; handlers that lists name are among the providers, each once. */
export type ComposedCapabilities = Required<Omit<Capability, 'name' | 'face' | 'processes'>>;

/** What only one capability of a service may say, by the word for it and its name. */
const NAMED: readonly (readonly [what: string, names: (capability: Capability) => readonly string[]])[] = [
  ['capability', ({ name }) => [name]],
  ['handler of the event', ({ consumes = [] }) => consumes.map(({ eventClass }) => versionedType(describeEvent(eventClass)))],
  ['job', ({ jobs = {} }) => Object.keys(jobs)],
  ['task kind', ({ taskKinds = [] }) => taskKinds.map(({ kind }) => kind.kind)],
  ['history', ({ histories = [] }) => histories.map(({ table }) => table)],
  ['sealed table', ({ sealedRecords = [] }) => sealedRecords.map(({ table }) => table)],
  ['read model', ({ readModels = [] }) => readModels.map(({ name }) => name)],
  ['outside party', ({ outsideParties = [] }) => outsideParties.map(({ name }) => name)],
];

/** Names that are said more than once, each with the capabilities that say it. */
function clashes(capabilities: readonly Capability[]): string[] {
  return NAMED.flatMap(([what, names]) => {
    const owners = new Map<string, string[]>();
    for (const capability of capabilities) for (const name of names(capability)) owners.set(name, [...(owners.get(name) ?? []), capability.name]);
    return [...owners].filter(([, by]) => by.length > 1).map(([name, by]) => `${what} ${name} is said more than once, by ${by.join(' and ')}`);
  });
}

/** Classes that the lists of a capability name, which Nest has to build. */
function handlersOf({ consumes = [], jobs = {}, tickers = [], taskKinds = [] }: Capability): Provider[] {
  const decided = taskKinds.flatMap(({ handler }) => (handler === 'at-once' ? [] : [handler]));
  return [...consumes.map(({ handler }) => handler), ...Object.values(jobs), ...tickers.map(({ ticker }) => ticker), ...decided] as Provider[];
}

/** Puts together what capabilities bring; throws for an unsound process and for what two of them claim, with the names of both. */
export function composeCapabilities(service: string, capabilities: readonly Capability[]): ComposedCapabilities {
  const doubled = clashes(capabilities);
  if (doubled.length > 0) throw new Error(`${service} cannot be put together: ${doubled.join('; ')}`);
  for (const process of capabilities.flatMap(({ processes = [] }) => processes)) assertProcess(process);
  const all = <T>(listOf: (capability: Capability) => readonly T[] | undefined): T[] => capabilities.flatMap((capability) => listOf(capability) ?? []);
  const taskKinds = all((capability) => capability.taskKinds);
  return {
    controllers: all(({ controllers }) => controllers),
    providers: [...new Set(all((capability) => [...(capability.providers ?? []), ...handlersOf(capability)]))],
    entities: all(({ entities }) => entities),
    histories: all(({ histories }) => histories),
    sealedRecords: all(({ sealedRecords }) => sealedRecords),
    consumes: all(({ consumes }) => consumes),
    produces: [...new Set([...all(({ produces }) => produces), ...(taskKinds.length > 0 ? TASK_EVENTS : [])])],
    readModels: all(({ readModels }) => readModels),
    outsideParties: all(({ outsideParties }) => outsideParties),
    jobs: Object.assign({}, ...all(({ jobs }) => (jobs ? [jobs] : []))) as ComposedCapabilities['jobs'],
    tickers: all(({ tickers }) => tickers),
    taskKinds,
    figures: all(({ figures }) => figures),
  };
}
