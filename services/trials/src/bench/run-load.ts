import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BenchProcessError } from './measured-system.js';
import type { LoadOrder, LoadResult, LoadSign } from './load-process.js';

/** Processor seconds by who used them, while the window was open; undefined where the system does not tell. */
export interface ProcessorUse {
  readonly services: number | undefined;
  readonly postgres: number | undefined;
  /** Kafka and Redis; 0 where the log is in PostgreSQL. */
  readonly broker: number | undefined;
  readonly load: number;
}

/** Reads the processor time of services and servers at one moment. */
export type ReadProcessors = () => Omit<ProcessorUse, 'load'>;

const difference = (after: number | undefined, before: number | undefined): number | undefined =>
  after === undefined || before === undefined ? undefined : after - before;

/** Sends the load from a process of its own, as the event loop of this one would be part of what is measured. */
export async function runLoad(order: LoadOrder, processors: ReadProcessors): Promise<LoadResult & { readonly processors: ProcessorUse }> {
  const child = fork(fileURLToPath(new URL('./load-process.ts', import.meta.url)));
  let result: LoadResult | undefined;
  let opened: ReturnType<ReadProcessors> | undefined;
  let closed: ReturnType<ReadProcessors> | undefined;
  child.on('message', (message: LoadResult | LoadSign) => {
    if (!('sign' in message)) result = message;
    else if (message.sign === 'open') opened = processors();
    else closed = processors();
  });
  child.send(order);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (!result) throw new BenchProcessError(`the load ended with code ${String(code)} and without a result`);
  const { loadSeconds: load } = result;
  return {
    ...result,
    processors: {
      services: difference(closed?.services, opened?.services),
      postgres: difference(closed?.postgres, opened?.postgres),
      broker: difference(closed?.broker, opened?.broker),
      load,
    },
  };
}
