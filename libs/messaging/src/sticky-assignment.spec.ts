import { stickyAssignment, type StickyMember } from './sticky-assignment.js';

const member = (id: string, held: Record<string, number[]> = {}, topics = ['t']): StickyMember => ({ id, topics, held });
const dealt = (members: StickyMember[], counts: Record<string, number>) => Object.fromEntries(stickyAssignment(members, new Map(Object.entries(counts))));

test('every partition has one owner, and shares differ by one at most', () => {
  for (let size = 1; size <= 7; size++) {
    const result = dealt(
      Array.from({ length: size }, (_, id) => member(`m${id}`)),
      { t: 12 },
    );
    const all = Object.values(result).flatMap(({ t }) => t!);
    expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, partition) => partition));
    const sizes = Object.values(result).map(({ t }) => t!.length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  }
});

test('whoever stays keeps what it holds, as far as its share goes', () => {
  expect(dealt([member('a', { t: [0, 2] }), member('b', { t: [1, 3] })], { t: 4 })).toEqual({ a: { t: [0, 2] }, b: { t: [1, 3] } });
  const joined = dealt([member('a', { t: [0, 1, 2, 3, 4, 5] }), member('b')], { t: 6 });
  expect(joined).toEqual({ a: { t: [0, 1, 2] }, b: { t: [3, 4, 5] } });
  const left = dealt([member('a', { t: [0, 1] }), member('b', { t: [4, 5] })], { t: 6 });
  expect(left['a']!['t']).toEqual(expect.arrayContaining([0, 1]));
  expect(left['b']!['t']).toEqual(expect.arrayContaining([4, 5]));
});

test('what two members claim goes to one of them; what no longer exists to none', () => {
  const result = dealt([member('a', { t: [0, 1] }), member('b', { t: [0, 1, 9] })], { t: 2 });
  expect(Object.values(result).flatMap(({ t }) => t)).toHaveLength(2);
  expect(new Set(Object.values(result).flatMap(({ t }) => t))).toEqual(new Set([0, 1]));
});

test('a topic is dealt among those who read it, as while a new version with one more topic is rolled out', () => {
  const result = dealt([member('old', {}, ['t']), member('new', {}, ['t', 'u'])], { t: 2, u: 3 });
  expect(result['new']!['u']).toEqual([0, 1, 2]);
  expect(result['old']!['u']).toBeUndefined();
  expect(result['old']!['t']).toHaveLength(1);
});
