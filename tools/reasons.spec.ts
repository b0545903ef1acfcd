import { codesFor, entryOf, REASONS, STATUS_MEANINGS, type ReasonUse } from '@millrace/reasons';
import { renderReasons } from './render-reasons.js';
import { rowsOfTables } from './rules/rows-of-tables.js';
import { listFiles } from './source-tree.js';

/** What may only be offered to a person or a partner, or only comes from a bank: no line of code names it. */
const GIVEN_BY_OTHERS: readonly ReasonUse[] = ['review', 'supplement', 'appeal', 'withdrawal', 'payout', 'debit', 'notice'];
const files = listFiles().filter(({ path }) => !path.startsWith('libs/reasons/'));
const product = files.filter(
  ({ path }) => /^services\/(?!trials\/|provider-sandbox\/|standalone\/)[^/]+\/(src|tables|scorecards|training)\//.test(path) && !/\.spec\.ts$/.test(path),
);
const readsLike = (pattern: RegExp): string[] => [...new Set(product.flatMap(({ text }) => [...text.matchAll(pattern)].map((match) => match[1]!)))];

test('each reason is used: a code, a table or a scorecard names it, or a person or a partner may', () => {
  const all = product.map(({ text }) => text).join('\n');
  const unused = Object.keys(REASONS).filter((code) => {
    const { use } = entryOf(code)!;
    const neutral = use.includes('neutral') && Object.values(REASONS).some(({ told }) => told === code);
    return !neutral && !use.some((one) => GIVEN_BY_OTHERS.includes(one)) && !new RegExp(`['"]${code}\\\\?['"]`).test(all);
  });
  expect(unused).toEqual([]);
});

test('each code that a table, a scorecard or a line of code gives as a reason is one of the catalogue', () => {
  const tables = [...new Set(rowsOfTables(product).map(({ name }) => name.split(' ')[1]!))];
  const scorecards = readsLike(/"reasonCode": ?"([A-Z_]+)"/g);
  const code = [
    ...readsLike(/\breasonCode: '([A-Z_]+)'/g),
    ...readsLike(/\bcode: '([A-Z_]+)', severity:/g),
    ...readsLike(/\bcode: '([A-Z_]+)', sentence:/g),
    ...readsLike(/\b(?:reason|REFUSED) ?(?:=|:) '([A-Z_]{3,})'/g),
  ];
  expect([tables.length > 60, scorecards.length > 5, code.length > 8]).toEqual([true, true, true]);
  const known: readonly string[] = Object.keys(REASONS);
  expect([...tables, ...scorecards, ...code].filter((one) => !known.includes(one))).toEqual([]);
});

test('what plays partners and staff gives reasons that the catalogue has', () => {
  const players = files.filter(({ path }) => path.startsWith('services/trials/') || path.startsWith('libs/client/'));
  const given = players.flatMap(({ text, path }) => [...text.matchAll(/\breasonCode: '([A-Z_]+)'/g)].map((match) => [path, match[1]!] as const));
  const known: readonly string[] = [...codesFor('review'), ...codesFor('task'), ...codesFor('withdrawal'), ...codesFor('payout')];
  expect(given.length).toBeGreaterThan(0);
  expect(given.filter(([, code]) => !known.includes(code))).toEqual([]);
});

test('the page of reasons is current: npm run docs:reasons', () => {
  expect(listFiles().find(({ path }) => path === 'docs/reasons.md')?.text).toBe(renderReasons());
});

/** Statuses that the OpenAPI document lists, by where they stand; null is none. */
function statusesOf(value: unknown, name = ''): (readonly [string, readonly (string | null)[]])[] {
  if (typeof value !== 'object' || value === null) return [];
  const { enum: words } = value as { enum?: unknown };
  const own = /status$/i.test(name) && Array.isArray(words) ? [[name, words as (string | null)[]] as const] : [];
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => statusesOf(inner, key))];
}

test('each status that an answer lists has its meaning in both languages', () => {
  const document = JSON.parse(listFiles().find(({ path }) => path === 'docs/openapi.json')!.text) as unknown;
  const listed = statusesOf(document);
  // An application is shown before its submission too, in the status of its draft.
  const kinds = [...Object.values(STATUS_MEANINGS), { ...STATUS_MEANINGS.draft, ...STATUS_MEANINGS.application }].map(
    (meanings) => new Set(Object.keys(meanings)),
  );
  expect(listed.length).toBeGreaterThan(4);
  expect(listed.filter(([, words]) => !kinds.some((kind) => words.every((word) => word === null || kind.has(word))))).toEqual([]);
});
