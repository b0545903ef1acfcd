import type { PartitionLag } from '@millrace/lendctl/read-lag';
import { checkLag } from './check-chaos.js';

const partition = (lag: bigint): PartitionLag => ({
  consumer: 'loan-application',
  topic: 'lending.post-loan-monitoring.v1',
  partition: 0,
  next: 7n,
  committed: 7n - lag,
  lag,
});

test('a consumer that reads its last events a moment later than the gateway is not behind', async () => {
  const looks = [[partition(1n)], [partition(0n)]];
  expect((await checkLag(async () => looks.shift()!)).findings).toEqual([]);
  expect(looks).toEqual([]);
});

test('a consumer that stays behind is named with what it has not read', async () => {
  const { findings } = await checkLag(async () => [partition(2n), { ...partition(0n), partition: 1 }], 0);
  expect(findings).toEqual([{ service: 'loan-application', subject: 'lending.post-loan-monitoring.v1/0', what: 'is 2 events behind' }]);
});
