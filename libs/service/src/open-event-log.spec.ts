import { loadConfig, type Environment } from './config.js';
import { EventLogConfig, openEventLog, requireOwnRole } from './open-event-log.js';

// What a start is ended by before anything is connected to; that right ones work is shown on a real broker, in test/secure-kafka.int.spec.ts.
const BROKERS = { MILLRACE_KAFKA_BROKERS: 'kafka:9093' };
const LOGIN = { MILLRACE_KAFKA_SASL_MECHANISM: 'plain', MILLRACE_KAFKA_SASL_USERNAME: 'millrace', MILLRACE_KAFKA_SASL_PASSWORD: 'secret' };

const open = async (environment: Environment): Promise<unknown> =>
  openEventLog(loadConfig(EventLogConfig, environment), { clientId: 'test', onError: () => undefined });

test.each<[string, Environment, RegExp]>([
  ['a login without a password', { ...BROKERS, ...LOGIN, MILLRACE_KAFKA_TLS: 'true', MILLRACE_KAFKA_SASL_PASSWORD: undefined }, /all together or not at all$/],
  ['a password without a mechanism', { ...BROKERS, MILLRACE_KAFKA_SASL_PASSWORD: 'secret' }, /all together or not at all$/],
  [
    'an unknown mechanism',
    { ...BROKERS, ...LOGIN, MILLRACE_KAFKA_SASL_MECHANISM: 'gssapi' },
    /^MILLRACE_KAFKA_SASL_MECHANISM must be one of .*\(it is "gssapi"\)/,
  ],
  ['a password in clear', { ...BROKERS, ...LOGIN }, /plain needs MILLRACE_KAFKA_TLS=true/],
  ['a TLS that is neither on nor off', { ...BROKERS, MILLRACE_KAFKA_TLS: 'yes' }, /^MILLRACE_KAFKA_TLS must be true or false$/],
  ['authorities without TLS', { ...BROKERS, MILLRACE_KAFKA_TLS_CA: '-----BEGIN CERTIFICATE-----' }, /MILLRACE_KAFKA_TLS is not true$/],
  ['authorities that are a path', { ...BROKERS, MILLRACE_KAFKA_TLS: 'true', MILLRACE_KAFKA_TLS_CA: '/etc/ca.pem' }, /must be a certificate in PEM/],
  ['TLS without a broker', { MILLRACE_EVENT_LOG_URL: 'postgres://event_log@db/millrace', MILLRACE_KAFKA_TLS: 'true' }, /MILLRACE_KAFKA_BROKERS is not$/],
])('%s is refused in one line', async (_what, environment, message) => {
  await expect(open(environment)).rejects.toThrow(message);
});

test('SEC-11: a service uses no role in the log but its own, which is named in one line', () => {
  const check = (url?: string) => () => requireOwnRole(loadConfig(EventLogConfig, { MILLRACE_EVENT_LOG_URL: url }), 'scoring');
  expect(check('postgres://event_log:secret@db/millrace')).toThrow(/^MILLRACE_EVENT_LOG_URL has the role "event_log".* MILLRACE_SCORING_DATABASE_URL$/);
  expect(check('postgres://db/millrace')).toThrow(/has the role ""/);
  expect(check('postgres://scoring:secret@db/millrace')).not.toThrow();
  expect(check()).not.toThrow();
});

test('no refusal repeats the password', async () => {
  await expect(open({ ...BROKERS, ...LOGIN })).rejects.not.toThrow(/secret/);
});
