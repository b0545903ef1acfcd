import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { bindTemplate, templateProblems, wordingProblems } from '@millrace/reasons';
import { ADDENDUM_VARIABLES } from '../../services/loan-application/src/account-change/draft-addendum.js';
import { VARIABLES_OF } from '../../services/loan-application/src/contract/contract-text.js';
import { RELEASED_TEMPLATES } from '../../services/loan-application/src/contract/released-templates.js';
import { RENEWAL_VARIABLES } from '../../services/loan-application/src/contract/renewal-terms.js';

// Goal (T31): no edit of a contract's wording passes in silence. Method: every mutant is refused as not the released wording; and were it released by
// mistake, it is refused for its variables, or the committed contract reads otherwise.
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  ...VARIABLES_OF,
  'loan-addendum.v1': ADDENDUM_VARIABLES,
  'loan-renewal.v1': RENEWAL_VARIABLES,
};

/** SHA-256 of what each template says of parties and terms that are named after their variables. */
const EXAMPLES: Readonly<Record<string, string>> = {
  'loan-contract.v1': '6665a7b0c42f1c0af4a4a4fd952a095c68d5a7494f7fee914225b43e1c045918',
  'loan-contract.v2': '61f25f0ab8d76bad540661613dfbda529a9c738316dae8cbeebfdf6c6d6069fc',
  'loan-contract.v3': '2f1347c35f567ae32e29c9c45fe5b81c7e8a67463057a524d7e493d1453212ca',
  'loan-addendum.v1': '63628be951369ffb0ec4ce6030a7c48287df5de10ee2eda7e198aa70127c495f',
};

const templateOf = (version: string): string => readFileSync(new URL(`../../services/loan-application/templates/${version}.md`, import.meta.url), 'utf8');

function contractHash(template: string, version: string): string {
  const values = Object.fromEntries([...VARIABLES[version]!, 'templateVersion'].map((name) => [name, `<${name}>`]));
  return createHash('sha256').update(bindTemplate(template, values)).digest('hex');
}

/** A word of the wording that turns its meaning round, left out. */
const TURNING = /不|未|应当|可以|not|no |may|must/g;

interface Mutant {
  readonly what: string;
  readonly template: string;
}

/** The text with one place after the other made into something else. */
function* placesChanged(template: string, pattern: RegExp, change: (found: string) => readonly string[]): Generator<Mutant> {
  for (const { 0: found, index } of template.matchAll(pattern)) {
    for (const other of change(found))
      if (other !== found)
        yield { what: `${found} at ${index} → ${other || 'nothing'}`, template: template.slice(0, index) + other + template.slice(index + found.length) };
  }
}

/** Every variable, number, turning word and line of a template changed, as a hand at the keyboard may do it. */
function* mutantsOf(template: string, variables: readonly string[]): Generator<Mutant> {
  const others = [...variables, 'templateVersion'].map((name) => `{{${name}}}`);
  yield* placesChanged(template, /\{\{\w+\}\}/g, (found) => [
    '',
    found.slice(1),
    found.slice(0, -1),
    found.replace('{{', '{{x'),
    found.replace('}}', ' }}'),
    'X',
    ...others,
  ]);
  yield* placesChanged(template, /\d+/g, (found) => [String(Number(found) + 1), `${found}0`, '']);
  yield* placesChanged(template, TURNING, () => ['']);
  const lines = template.split('\n');
  for (const [at, line] of lines.entries()) {
    const edit = (what: string, ...changed: string[]): Mutant => ({ what: `line ${at + 1} ${what}`, template: lines.toSpliced(at, 1, ...changed).join('\n') });
    yield edit('removed');
    yield edit('twice', line, line);
    if (line !== '') yield edit('with a blank behind', `${line} `);
    if (line.length > 1) yield edit('cut', line.slice(0, -1));
  }
}

test.each(Object.keys(EXAMPLES))('T31: every mutant of %s is refused as another wording, and for its variables or by the example', (version) => {
  const template = templateOf(version);
  const variables = VARIABLES[version]!;
  expect(wordingProblems(RELEASED_TEMPLATES, version, template)).toEqual([]);
  expect(contractHash(template, version)).toBe(EXAMPLES[version]);
  const shares = { refused: 0, noticed: 0 };
  const silent: string[] = [];
  for (const { what, template: mutant } of mutantsOf(template, variables)) {
    if (wordingProblems(RELEASED_TEMPLATES, version, mutant).length === 0) silent.push(`${what}, as the released wording`);
    else if (templateProblems(mutant, variables).length > 0) shares.refused += 1;
    else if (contractHash(mutant, version) !== EXAMPLES[version]) shares.noticed += 1;
    else silent.push(what);
  }
  const total = shares.refused + shares.noticed + silent.length;
  process.stdout.write(
    `${version}.md: ${total} mutants: all refused as another wording; as a new one ${shares.refused} refused for their variables, ${shares.noticed} noticed by the example, ${silent.length} silent\n`,
  );
  expect(silent).toEqual([]);
  expect(Math.min(shares.refused, shares.noticed)).toBeGreaterThan(total / 10);
});
