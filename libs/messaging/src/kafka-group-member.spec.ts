import { KafkaGroupMember, type GroupConnection } from './kafka-group-member.js';

const outOfTries = (): Error => Object.assign(new Error('The group is rebalancing, so a rejoin is needed'), { name: 'KafkaJSNumberOfRetriesExceeded' });

function member(failures: Error[]): { member: KafkaGroupMember; troubles: Error[]; starts: () => number } {
  const troubles: Error[] = [];
  let starts = 0;
  const connection: GroupConnection = {
    start: async () => {
      starts++;
      const failure = failures.shift();
      if (failure) throw failure;
    },
    offsets: async () => [],
    commit: async () => undefined,
    seek: () => undefined,
    pause: () => undefined,
    resume: () => undefined,
    stop: async () => undefined,
  };
  const options = {
    group: 'g',
    topics: ['t'],
    startAt: 'earliest' as const,
    maxBatchRecords: 1,
    concurrentBatches: 1,
    sessionTimeoutMs: 10_000,
    retryDelayMs: 1,
    onBatch: async () => undefined,
    onError: (error: Error) => void troubles.push(error),
  };
  return { member: new KafkaGroupMember(() => connection, options), troubles, starts: () => starts };
}

test('a first join that the client gave up, as many others joined at once, is tried again and reported', async () => {
  const { member: joining, troubles, starts } = member([outOfTries(), outOfTries()]);
  await joining.start();
  expect(starts()).toBe(3);
  expect(troubles).toHaveLength(2);
  await joining.stop();
});

test('trouble that does not pass ends the start at once', async () => {
  const { member: joining, starts } = member([new Error('no such topic')]);
  await expect(joining.start()).rejects.toThrow('no such topic');
  expect(starts()).toBe(1);
});
