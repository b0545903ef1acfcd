import kafkajs, { Kafka, logLevel, type AclResourceTypes, type Admin } from 'kafkajs';
import type { LogRights } from './event-log.js';
import { connectionSecurity, type KafkaAccess } from './kafka-access.js';

// Not all of its exports can be seen by name from an ES module.
const { AclOperationTypes: operations, AclPermissionTypes: permissions, AclResourceTypes: resources, ResourcePatternTypes: patterns } = kafkajs;

/** Rights of one login at the brokers, which their authorizer enforces. */
export interface KafkaRights extends LogRights {
  /** Name of the login, without `User:`. */
  readonly login: string;
}

/** One rule as the broker keeps it. */
type Rule = Parameters<Admin['createAcls']>[0]['acl'][number];

/** Rules that were made, and those of the same logins that were taken away. */
export interface AppliedRights {
  readonly made: number;
  readonly removed: number;
}

const CONNECTION_TIMEOUT_MS = 3_000;
const ANY_HOST = '*';

function rulesOf({ login, writes, reads, group }: KafkaRights): Rule[] {
  const rule = (resourceType: AclResourceTypes, resourceName: string) => (operation: Rule['operation']) => ({
    resourceType,
    resourceName,
    resourcePatternType: patterns.LITERAL,
    principal: `User:${login}`,
    host: ANY_HOST,
    operation,
    permissionType: permissions.ALLOW,
  });
  // A right to read or to write is one to describe too; an idempotent producer needs no more than to write (Kafka 3.0 and later).
  return [
    ...writes.map((topic) => rule(resources.TOPIC, topic)(operations.WRITE)),
    ...reads.map((topic) => rule(resources.TOPIC, topic)(operations.READ)),
    ...(group === undefined ? [] : [rule(resources.GROUP, group)(operations.READ)]),
  ];
}

const nameOf = ({ resourceType, resourceName, resourcePatternType, principal, host, operation, permissionType }: Rule): string =>
  [resourceType, resourceName, resourcePatternType, principal, host, operation, permissionType].join(' ');

async function standingRules(admin: Admin, login: string): Promise<Rule[]> {
  const { resources: found } = await admin.describeAcls({
    resourceType: resources.ANY,
    resourcePatternType: patterns.ANY,
    principal: `User:${login}`,
    operation: operations.ANY,
    permissionType: permissions.ANY,
  } as Parameters<Admin['describeAcls']>[0]);
  return found.flatMap(({ acls, ...resource }) => acls.map((acl) => ({ ...resource, ...acl })));
}

/** Gives each login exactly its rights: makes the rules that are missing, and takes away others that the login has. Needs a login that may alter rights. */
export async function applyKafkaRights(
  connection: { readonly brokers: readonly string[]; readonly clientId: string; readonly access: KafkaAccess },
  rights: readonly KafkaRights[],
): Promise<AppliedRights> {
  const { brokers, clientId, access } = connection;
  const kafka = new Kafka({
    brokers: [...brokers],
    clientId,
    ...connectionSecurity(access),
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin({ retry: { retries: 5 } });
  await admin.connect().catch((error: Error) => {
    throw new Error(`no Kafka broker answers at ${brokers.join(', ')}: ${error.message}`, { cause: error });
  });
  try {
    const wanted = new Map(rights.flatMap(rulesOf).map((rule) => [nameOf(rule), rule]));
    const standing = (await Promise.all(rights.map(({ login }) => standingRules(admin, login)))).flat();
    const known = new Set(standing.map(nameOf));
    const missing = [...wanted].filter(([name]) => !known.has(name)).map(([, rule]) => rule);
    const surplus = standing.filter((rule) => !wanted.has(nameOf(rule)));
    if (missing.length > 0) await admin.createAcls({ acl: missing });
    if (surplus.length > 0) await admin.deleteAcls({ filters: surplus });
    return { made: missing.length, removed: surplus.length };
  } finally {
    await admin.disconnect();
  }
}
