import { describeEvent, type EventClass } from '@millrace/contracts';
import type { KafkaRights } from '@millrace/messaging';
import type { ServiceDefinition } from './service-definition.js';

const topicsOf = (classes: readonly EventClass[]): string[] => [...new Set(classes.map((eventClass) => describeEvent(eventClass).topic))].sort();

/** True for a service that writes or reads events; one that does not, as the sandbox, needs neither the log nor the internal token. */
export function usesEventLog({ consumes, produces }: Pick<ServiceDefinition, 'consumes' | 'produces'>): boolean {
  return consumes.length > 0 || produces.length > 0;
}

/** What a service's login may do: append to its own topic, read what it consumes, with the group of its name. Its login has its name, with `prefix` before it. */
export function kafkaRightsOf({ name, consumes, produces }: Pick<ServiceDefinition, 'name' | 'consumes' | 'produces'>, prefix = ''): KafkaRights {
  const reads = topicsOf(consumes.map(({ eventClass }) => eventClass));
  return { login: `${prefix}${name}`, writes: topicsOf(produces), reads, ...(reads.length > 0 ? { group: name } : {}) };
}
