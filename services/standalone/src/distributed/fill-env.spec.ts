import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { newSecrets } from '../secrets.js';
import { fillEnv } from './fill-env.js';

const example = readFileSync(new URL('../../../../.env.example', import.meta.url), 'utf8');
const compose = readFileSync(new URL('../../../../docker-compose.yml', import.meta.url), 'utf8');

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

test('a variable that it does not know is refused', () => {
  expect(() => fillEnv('MILLRACE_NEW=\n', newSecrets())).toThrow('MILLRACE_NEW');
});
