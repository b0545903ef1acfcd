import { freePort } from './supervised-server.js';

/** Login of the broker itself, and of people and jobs that manage the log. */
export const BROKER_LOGIN = 'broker';
export const OPERATOR_LOGIN = 'operator';

/**
 * Settings of a local broker that asks everybody for a login, itself included, and refuses what no rule allows. PLAIN, as its users are settings of
 * the broker and so need no step of their own on a log that is there already; nobody listens to the loopback.
 * @param passwords by login; those of {@link BROKER_LOGIN} and {@link OPERATOR_LOGIN} among them
 */
export async function loginSettings(port: number, passwords: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const controllerPort = await freePort();
  const users = Object.entries(passwords).map(([login, password]) => `user_${login}="${password}"`);
  const own = `username="${BROKER_LOGIN}" password="${passwords[BROKER_LOGIN]}"`;
  const jaas = `org.apache.kafka.common.security.plain.PlainLoginModule required ${own} ${users.join(' ')};`;
  return {
    listeners: `CLIENTS://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `CLIENTS://127.0.0.1:${port}`,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'listener.security.protocol.map': 'CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT',
    'inter.broker.listener.name': 'CLIENTS',
    'sasl.enabled.mechanisms': 'PLAIN',
    'sasl.mechanism.inter.broker.protocol': 'PLAIN',
    'sasl.mechanism.controller.protocol': 'PLAIN',
    'listener.name.clients.plain.sasl.jaas.config': jaas,
    'listener.name.controller.plain.sasl.jaas.config': jaas,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': `User:${BROKER_LOGIN};User:${OPERATOR_LOGIN}`,
  };
}
