import { applyKafkaRights, type AppliedRights, type KafkaRights } from '@millrace/messaging';
import { EventLogConfig, kafkaConnection, kafkaRightsOfAll, LENDING_SERVICES, loadConfig, loadService, processEnvironment } from '@millrace/service';
import type { Surroundings } from '../installation/surroundings.js';

/** Rights of every login, as the classes of the services' events and the list of restricted topics say. */
export async function rightsOfLogins(prefix: string): Promise<KafkaRights[]> {
  return kafkaRightsOfAll(await Promise.all(LENDING_SERVICES.map(loadService)), prefix);
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
