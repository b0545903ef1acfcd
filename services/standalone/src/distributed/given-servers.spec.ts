import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lendctlLine, missingServer, namingBrokers } from './given-servers.js';

test('D7: an error of a broker that the environment names says which variable named it; of another one it stays as it is', () => {
  const error = new Error('no Kafka broker answers at 127.0.0.1:39597');
  expect(() => namingBrokers({ MILLRACE_KAFKA_BROKERS: '127.0.0.1:39597' })(error)).toThrow(
    /^no Kafka broker answers at \S+ \(.*MILLRACE_KAFKA_BROKERS.*unset it/,
  );
  expect(() => namingBrokers({})(error)).toThrow(error);
});

test('D7: the printed line for lendctl leaves nothing in the terminal', () => {
  const directory = mkdtempSync(join(tmpdir(), 'lendctl-line-'));
  const file = join(directory, 'environment.env');
  writeFileSync(file, "MILLRACE_KAFKA_BROKERS='127.0.0.1:1'\n");
  const script = `npm() { echo "given $MILLRACE_KAFKA_BROKERS"; }; ${lendctlLine(file)}; echo "left $MILLRACE_KAFKA_BROKERS"`;
  expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', env: {} })).toBe('given 127.0.0.1:1\nleft \n');
  rmSync(directory, { recursive: true });
});

test('T64: servers that the environment names need nothing on this machine', () => {
  expect(missingServer({ MILLRACE_KAFKA_BROKERS: 'kafka:9092', MILLRACE_REDIS_URL: 'redis://redis' })).toBeUndefined();
});
