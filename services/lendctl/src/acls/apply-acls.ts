import { applyKafkaRights, type AppliedRights, type KafkaRights } from '@millrace/messaging';
import { EventLogConfig, kafkaConnection, kafkaRightsOfAll, loadConfig, processEnvironment } from '@millrace/service';
import type { Surroundings } from '../command/surroundings.js';
import { loadDefinition, SERVICE_NAMES } from '../installation/lending-services.js';

/** Rights of every login, as the classes of the services' events and the list of restricted topics say. */
export async function rightsOfLogins(prefix: string): Promise<KafkaRights[]> {
  return kafkaRightsOfAll(await Promise.all(SERVICE_NAMES.map(loadDefinition)), prefix);
}

/** Gives every login its rights on the brokers, and no others; the login that does it must be allowed to alter rights. */
export async function applyAcls(
  { environment = processEnvironment() }: Surroundings,
  { prefix }: { readonly prefix: string },
): Promise<AppliedRights & { readonly rights: readonly KafkaRights[] }> {
  const connection = { ...kafkaConnection(loadConfig(EventLogConfig, environment)), clientId: 'lendctl' };
  const rights = await rightsOfLogins(prefix);
  return { ...(await applyKafkaRights(connection, rights)), rights };
}
