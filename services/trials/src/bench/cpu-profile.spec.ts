import { byCaller, byFunction, byPackage, packageOf, type CpuProfile } from './cpu-profile.js';

const frame = (functionName: string, url: string): { functionName: string; url: string } => ({ functionName, url });

const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame('(root)', ''), children: [2, 3, 5] },
    { id: 2, callFrame: frame('(idle)', '') },
    { id: 3, callFrame: frame('handleBatch', 'file:///p/libs/messaging/src/consumer.ts'), children: [4] },
    { id: 4, callFrame: frame('query', 'file:///p/node_modules/pg/lib/client.js') },
    { id: 5, callFrame: frame('(garbage collector)', '') },
  ],
  samples: [2, 3, 4, 4, 5, 2],
  timeDeltas: [500, 10, 20, 40, 30, 900],
};

test.each([
  ['file:///p/node_modules/@nestjs/core/router/x.js', 'f', '@nestjs/core'],
  ['file:///p/node_modules/a/node_modules/b/x.js', 'f', 'b'],
  ['file:///p/services/scoring/src/x.ts', 'f', 'services/scoring'],
  ['node:internal/streams', 'f', 'node'],
  ['', '(garbage collector)', 'garbage collection'],
  ['', 'writev', 'native'],
])('%s is of %s %s', (url, functionName, expected) => expect(packageOf(url, functionName)).toBe(expected));

test('only busy time counts, by who was at work', () => {
  expect(byPackage(profile)).toEqual([
    { name: 'pg', share: 0.6 },
    { name: 'garbage collection', share: 0.3 },
    { name: 'libs/messaging', share: 0.1 },
  ]);
  expect(byFunction(profile)[0]).toEqual({ name: 'query node_modules/pg/lib/client.js', share: 0.6 });
});

test('what a function of ours called is put down to it', () => {
  const [first] = byCaller(profile);
  expect(first!.name).toBe('libs/messaging: handleBatch');
  expect(first!.share).toBeCloseTo(0.7);
});
