import { applyKafkaRights, type AppliedRights, type KafkaRights } from '@millrace/messaging';
import { EventLogConfig, kafkaConnection, kafkaRightsOf, loadConfig, processEnvironment, usesEventLog } from '@millrace/service';
import type { Surroundings } from '../command/surroundings.js';
import { loadDefinition, SERVICE_NAMES } from '../installation/lending-services.js';

/** Rights of every service that uses the log, as the classes of its events say. */
export async function rightsOfServices(prefix: string): Promise<KafkaRights[]> {
  const definitions = await Promise.all(SERVICE_NAMES.map(loadDefinition));
  return definitions.filter(usesEventLog).map((definition) => kafkaRightsOf(definition, prefix));
}

/** Gives every service's login its rights on the brokers, and no others; the login that does it must be allowed to alter rights. */
export async function applyAcls(
  { environment = processEnvironment() }: Surroundings,
  { prefix }: { readonly prefix: string },
): Promise<AppliedRights & { readonly rights: readonly KafkaRights[] }> {
  const connection = { ...kafkaConnection(loadConfig(EventLogConfig, environment)), clientId: 'lendctl' };
  const rights = await rightsOfServices(prefix);
  return { ...(await applyKafkaRights(connection, rights)), rights };
}
