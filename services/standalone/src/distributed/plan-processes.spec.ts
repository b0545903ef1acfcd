import { ALL_SERVICES } from '../standalone.js';
import { planProcesses } from './plan-processes.js';

const shared = { MILLRACE_INTERNAL_TOKEN: 't', MILLRACE_KAFKA_BROKERS: 'k:1', MILLRACE_REDIS_URL: 'redis://r', MILLRACE_GATEWAY_DATABASE_URL: 'postgres://g' };
const plan = (instances: number, environment: Record<string, string> = {}) => planProcesses({ definitions: ALL_SERVICES, instances, environment, shared });

test('each service has its instances at ports of their own, and the sandbox is one', () => {
  const processes = plan(3);
  expect(processes.filter(({ service }) => service === 'gateway').map(({ label, url }) => [label, url])).toEqual([
    ['gateway-1', 'http://127.0.0.1:8080'],
    ['gateway-2', 'http://127.0.0.1:8180'],
    ['gateway-3', 'http://127.0.0.1:8280'],
  ]);
  expect(processes.filter(({ service }) => service === 'provider-sandbox').map(({ label }) => label)).toEqual(['provider-sandbox']);
  expect(new Set(processes.map(({ url }) => url)).size).toBe(processes.length);
});

test('a process gets its own settings only, and no other service’s database', () => {
  const environment = { PATH: '/bin', MILLRACE_LOG_LEVEL: 'warn', MILLRACE_DATA_DIR: '/data' };
  const [gateway, scoring] = ['gateway', 'scoring'].map((name) => plan(1, environment).find(({ service }) => service === name)!.environment);
  expect(gateway).toEqual(expect.objectContaining({ ...shared, PATH: '/bin', MILLRACE_LOG_LEVEL: 'warn', MILLRACE_SCORING_URL: 'http://127.0.0.1:8083' }));
  expect(gateway).not.toHaveProperty('MILLRACE_DATA_DIR');
  expect(scoring).toEqual(expect.objectContaining({ MILLRACE_KAFKA_BROKERS: 'k:1', MILLRACE_PROVIDERS_URL: 'http://127.0.0.1:8090' }));
  expect(scoring).not.toHaveProperty('MILLRACE_GATEWAY_DATABASE_URL');
});

test('SEC-18, SEC-20: the sandbox has neither the internal token nor a way to the event log; each other process has the login of its service alone', () => {
  const own = ({ name }: { name: string }) => ({ MILLRACE_KAFKA_SASL_USERNAME: name });
  const processes = planProcesses({ definitions: ALL_SERVICES, instances: 1, environment: {}, shared, own });
  const sandbox = processes.find(({ service }) => service === 'provider-sandbox')!.environment;
  expect(Object.keys(sandbox).filter((name) => /KAFKA|INTERNAL_TOKEN/.test(name))).toEqual([]);
  const others = processes.filter(({ service }) => service !== 'provider-sandbox');
  expect(others.map(({ environment }) => environment['MILLRACE_KAFKA_SASL_USERNAME'])).toEqual(others.map(({ service }) => service));
});

test('SEC-10: who keeps no personal data has no key of it', () => {
  const processes = planProcesses({ definitions: ALL_SERVICES, instances: 1, environment: {}, shared: { ...shared, MILLRACE_FIELD_KEYS: 'k1:x' } });
  const holders = processes.filter(({ environment }) => 'MILLRACE_FIELD_KEYS' in environment).map(({ service }) => service);
  expect(holders.sort()).toEqual(['disbursement', 'kyc-antifraud']);
});

test('what the person has set comes first', () => {
  const processes = plan(2, { MILLRACE_SCORING_PORT: '9000', MILLRACE_PROVIDERS_URL: 'http://bank.test' });
  expect(processes.filter(({ service }) => service === 'scoring').map(({ url }) => url)).toEqual(['http://127.0.0.1:9000', 'http://127.0.0.1:9100']);
  expect(processes[0]!.environment).not.toHaveProperty('MILLRACE_SCORING_PORT');
  expect(processes.at(-1)!.environment['MILLRACE_SCORING_URL']).toBe('http://127.0.0.1:9000');
  expect(processes.find(({ service }) => service === 'scoring')!.environment['MILLRACE_PROVIDERS_URL']).toBe('http://bank.test');
});
