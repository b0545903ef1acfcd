import { describeEvent, RESTRICTED_TOPICS, type EventClass } from '@millrace/contracts';
import type { KafkaRights, LogRights, PostgresLogRights } from '@millrace/messaging';
import type { ServiceDefinition } from './service-definition.js';

type Service = Pick<ServiceDefinition, 'name' | 'consumes' | 'produces'>;

const topicsOf = (classes: readonly EventClass[]): string[] => [...new Set(classes.map((eventClass) => describeEvent(eventClass).topic))].sort();

/** True for a service that writes or reads events; one that does not, as the sandbox, needs neither the log nor the internal token. */
export function usesEventLog({ consumes, produces }: Pick<Service, 'consumes' | 'produces'>): boolean {
  return consumes.length > 0 || produces.length > 0;
}

/** What a service may do in the log: append to its own topics, read what it consumes, with the group of its name. */
function logRightsOf({ name, consumes, produces }: Service): LogRights {
  const reads = topicsOf(consumes.map(({ eventClass }) => eventClass));
  return { writes: topicsOf(produces), reads, ...(reads.length > 0 ? { group: name } : {}) };
}

/** Rights of a service's login on Kafka, which has its name, with `prefix` before it. */
export function kafkaRightsOf(service: Service, prefix = ''): KafkaRights {
  return { login: `${prefix}${service.name}`, ...logRightsOf(service) };
}

/** Rights in the log on PostgreSQL, where a service connects with the role of its schema. */
export function postgresRightsOf(service: Service & Pick<ServiceDefinition, 'schema'>): PostgresLogRights {
  return { role: service.schema, ...logRightsOf(service) };
}

/** What the logins outside our services may do: read a restricted topic, each with the group of its name, and nothing else (R-LG-02). */
function restrictedRights(prefix: string): KafkaRights[] {
  const readers = [...new Set(Object.values(RESTRICTED_TOPICS).flat())];
  return readers.map((reader) => {
    const reads = Object.keys(RESTRICTED_TOPICS).filter((topic) => RESTRICTED_TOPICS[topic]!.includes(reader));
    return { login: `${prefix}${reader}`, writes: [], reads, group: reader };
  });
}

/** Rights of every login of an installation: one a service that uses the log, and one for each reader of a restricted topic. */
export function kafkaRightsOfAll(services: readonly Pick<ServiceDefinition, 'name' | 'consumes' | 'produces'>[], prefix = ''): KafkaRights[] {
  return [...services.filter(usesEventLog).map((service) => kafkaRightsOf(service, prefix)), ...restrictedRights(prefix)];
}
