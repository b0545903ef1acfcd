import { allParameters } from '@millrace/policy';
import { listFiles } from './source-tree.js';

// Goal: an officer who changes a number changes something. Method: each parameter is taken out of an object by its name in some file of a service that has to do
// with its section. A name that stands in a comment, or in a file that knows nothing of the section, is no reader.
/** Where the name of the type is not made of the section's; statuses of a process name their deadlines. */
const TYPES: Readonly<Record<string, string>> = { invoices: 'InvoiceParameters', deadlines: 'deadline' };
const typeOf = (section: string): string => TYPES[section] ?? `${section[0]!.toUpperCase()}${section.slice(1)}Parameters`;

/** Sources that could read a parameter: not tests, and not what only says of which form it is and what it must not contradict. */
const READERS = /^(?:services\/[a-z-]+\/src|libs\/policy\/src\/(?:exposure-cap|block-policy))[/.].*ts$/;
const sources = listFiles()
  .filter(({ path }) => READERS.test(path) && !/\.spec\.ts$/.test(path))
  .map(({ path, text }) => ({ path, text: text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '') }));

function unread(ids: readonly string[], files: readonly { readonly text: string }[]): string[] {
  return ids.filter((id) => {
    const [section, key] = id.split('.') as [string, string];
    const read = new RegExp(`(?:\\.|[{,(]\\s*|')${key}\\b`);
    const concerned = new RegExp(`\\b(?:${section}|${typeOf(section)})\\b`);
    return !files.some(({ text }) => read.test(text) && concerned.test(text));
  });
}

test('R-OP-07: every parameter has a reader', () => {
  const ids = [...new Set(allParameters().map(({ id }) => id))];
  expect(ids.length).toBeGreaterThan(80);
  expect(unread(ids, sources)).toEqual([]);
});

test.each(['repayment.chargebackDays', 'price.penaltyBps', 'screening.certainMatchBps'])('a parameter that is added and not read is named: %s', (id) => {
  expect(unread([id], sources)).toEqual([id]);
});

test('a comment, or a file of another section, reads nothing', () => {
  expect(unread(['price.marginBps'], [{ text: 'const { marginBps } = margins;' }])).toEqual(['price.marginBps']);
  expect(unread(['price.marginBps'], [{ text: 'const { marginBps } = policy.price;' }])).toEqual([]);
});
