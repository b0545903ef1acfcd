import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { newSecrets } from '../secrets.js';
import { fillEnv, missingLines } from './fill-env.js';

const example = readFileSync(new URL('../../../../.env.example', import.meta.url), 'utf8');
const compose = ['docker-compose.yml', 'deploy/compose/servers.yml']
  .map((path) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8'))
  .join('');

test('every variable that compose requires is in the example, left empty there, and filled in', () => {
  const required = new Set([...compose.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name!));
  const [empty, filled] = [parseEnv(example), parseEnv(fillEnv(example, newSecrets()))];
  expect(Object.keys(empty).sort()).toEqual([...required].sort());
  expect(Object.values(empty).filter(Boolean)).toEqual([]);
  expect(Object.values(filled).every(Boolean)).toBe(true);
});

test('no two passwords are the same, and each can stand in an address', () => {
  const passwords = Object.entries(parseEnv(fillEnv(example, newSecrets()))).filter(([name]) => name.endsWith('_PASSWORD'));
  expect(new Set(passwords.map(([, value]) => value)).size).toBe(passwords.length);
  expect(passwords.filter(([, value]) => encodeURIComponent(value!) !== value)).toEqual([]);
});

test('SEC-10: each service has field keys of its own', () => {
  const keys = Object.entries(parseEnv(fillEnv(example, newSecrets()))).filter(([name]) => name.endsWith('_FIELD_KEYS'));
  expect(keys.map(([name]) => name).sort()).toEqual(['MILLRACE_DISBURSEMENT_FIELD_KEYS', 'MILLRACE_KYC_ANTIFRAUD_FIELD_KEYS']);
  expect(new Set(keys.map(([, value]) => value)).size).toBe(2);
});

test('a file of before gets what it lacks: new logins, and for each service the field keys that its data is under', () => {
  const filled = fillEnv(example, newSecrets());
  const before = `${filled.replace(/^.*(_KAFKA_PASSWORD|_FIELD_KEYS)=.*\n/gm, '')}MILLRACE_FIELD_KEYS='k1:shared'\nMILLRACE_REDIS_PASSWORD='kept'\n`;
  const lines = missingLines(before, example, newSecrets());
  const after = parseEnv(before + [...lines.values()].join('\n'));
  expect(Object.keys(parseEnv(example)).filter((name) => !after[name])).toEqual([]);
  expect(after).toMatchObject({
    MILLRACE_KYC_ANTIFRAUD_FIELD_KEYS: 'k1:shared',
    MILLRACE_DISBURSEMENT_FIELD_KEYS: 'k1:shared',
    MILLRACE_REDIS_PASSWORD: 'kept',
    MILLRACE_GATEWAY_KAFKA_PASSWORD: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(missingLines(filled, example, newSecrets()).size).toBe(0);
});

test('a variable that it does not know is refused', () => {
  expect(() => fillEnv('MILLRACE_NEW=\n', newSecrets())).toThrow('MILLRACE_NEW');
});
