import { ListIndex, type ListEntry, type SubjectKind } from './list-index.js';
import { exactKey, wordsKey } from './name-keys.js';
import { readOfacLists, readOwnLists } from './read-lists.js';

const entry = (kind: SubjectKind, name: string, aliases: string[] = [], identifier: string | null = null): ListEntry => ({
  list: 'sanctions',
  kind,
  name,
  aliases,
  identifier,
});
const index = new ListIndex([
  entry('company', 'ACME Trading Co., Ltd.', ['Acme Group'], '91990100MA0TE00010'),
  entry('company', '金谷虚构建材有限公司', ['金谷建材']),
  entry('person', 'PÉREZ GARCÍA, José'),
  entry('company', 'Co. Ltd.'),
]);
const score = (kind: SubjectKind, name: string, identifier: string | null = null): number | undefined => index.match({ kind, name, identifier })[0]?.matchScore;

test.each<[SubjectKind, string, number | undefined]>([
  ['company', 'acme  trading co ltd', 1],
  ['company', 'Acme-Group', 0.95],
  ['company', 'Trading Acme', 0.9],
  ['company', 'Acme Trading GmbH', 0.9],
  ['company', 'Acme', undefined],
  ['company', '金谷虚构建材有限公司', 1],
  ['company', '金谷虚构建材有限责任公司', 0.9],
  ['company', '金谷建材', 0.95],
  ['person', 'Perez Garcia, Jose', 1],
  ['person', 'José Pérez García', 0.9],
  ['company', 'José Pérez García', undefined],
  ['company', 'GmbH', undefined],
])('%s "%s" matches with %s', (kind, name, expected) => {
  expect(score(kind, name)).toBe(expected);
});

test('an identifier is sure whatever the name, and the best match of a party counts', () => {
  expect(index.match({ kind: 'company', name: 'Acme Group', identifier: '91990100MA0TE00010' })).toEqual([
    { list: 'sanctions', matchScore: 1, listedName: 'ACME Trading Co., Ltd.' },
  ]);
  expect(score('person', 'x', '91990100MA0TE00010')).toBeUndefined();
});

test('a common name gives twenty hits at most', () => {
  const common = new ListIndex(Array.from({ length: 50 }, () => entry('person', 'Wang Wei')));
  expect(common.match({ kind: 'person', name: 'wang wei', identifier: null })).toHaveLength(20);
});

test('keys: case, accents, spaces, dots and order', () => {
  expect(exactKey('S.A. Añejo–Ltd')).toBe('saanejoltd');
  expect(wordsKey('B a, Ltd.')).toBe('a b');
  expect(wordsKey('***贸易有限公司')).toBe('贸易');
});

test('the own lists have every kind of list, and a folder without lists has none', () => {
  expect(new Set(readOwnLists().map(({ list }) => list))).toEqual(new Set(['sanctions', 'special_measures', 'dishonest_debtor']));
  expect(readOfacLists(undefined)).toEqual([]);
});
