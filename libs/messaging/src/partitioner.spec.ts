import { murmur2, partitionOf } from './partitioner.js';

// Vectors of org.apache.kafka.common.utils.UtilsTest#testMurmur2, as signed 32-bit integers.
test.each([
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
])('murmur2 of %p is what Apache Kafka computes', (key, expected) => {
  expect(murmur2(Buffer.from(key)) | 0).toBe(expected);
});

test('a key always has the same partition, and partitions are used evenly', () => {
  const counts = new Array<number>(12).fill(0);
  for (let index = 0; index < 12_000; index++) {
    const partition = partitionOf(`key-${index}`, 12);
    counts[partition]! += 1;
    expect(partitionOf(`key-${index}`, 12)).toBe(partition);
  }
  expect(Math.min(...counts)).toBeGreaterThan(850);
});
