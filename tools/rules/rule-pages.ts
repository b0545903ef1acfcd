import { allParameters } from '@millrace/policy';
import { ALL_SCENARIOS, parentOf, PARENT_TITLES } from '../../services/trials/src/scenarios/all-scenarios.js';
import { listFiles } from '../source-tree.js';
import type { CitationIndex } from './citations.js';
import { KNOWN, type Register, type Rule } from './register.js';
import { rowsOfTables } from './rows-of-tables.js';

const MADE = 'by `npm run docs:rules`; a test holds it current. Do not edit.';
const NOTHING = '—';

const RULES = `# Rules

Made from [libs/policy/rules](../libs/policy/rules) and from what cites it ${MADE}

Every rule of law and every default of ours that the program follows, by its code. Code, tests and tables cite the code. Parameters with a point are
numbers of [libs/policy/parameters](../libs/policy/parameters) ([policy.md](policy.md)), those with a blank are rows of a decision table. Laws are named in Chinese as they are published; "our default" has no legal force. This is engineering input and no legal advice: what is from memory, dates too, has to be checked.`;

const REQUIREMENTS = `# Requirements

Made from [docs/register/requirements.json](register/requirements.json) and from the tests that name it ${MADE}

What the product is for, by id. Tests name the ids they prove.`;

const FINDINGS = `# Findings

Made from [docs/register/findings.json](register/findings.json) and from the tests that name it ${MADE}

What was found wrong once, by attackers (\`SEC\`), newcomers, partners, staff and operators who tried it (\`T\`), on many machines (\`D\`) and with made-up cases (\`F\`): what could happen, and what holds now.`;

const escape = (text: string): string => text.replaceAll('|', '\\|');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escape).join(' | ')} |`).join('\n');
}

/** Links to files, by their names; which lines it are would change with every commit. */
function links(paths: readonly string[], nothing = NOTHING): string {
  if (paths.length === 0) return nothing;
  return paths.map((path) => `[${path.slice(path.lastIndexOf('/') + 1)}](${path.startsWith('docs/') ? path.slice('docs/'.length) : `../${path}`})`).join(', ');
}

function lawOf({ source }: Rule): string {
  return source === 'default' ? 'our default' : `${source.law}; in force ${source.inForce}; ${KNOWN[source.known]}`;
}

/** Ids of the parameters, then names of the rows of tables, that cite a rule, by its code; a parameter of several licences stands once. */
const HOLDERS_BY_RULE = new Map<string, Set<string>>();
const holders = [...allParameters().map(({ id, values }) => ({ name: id, cites: values.flatMap(({ cites }) => cites) })), ...rowsOfTables(listFiles())];
for (const { name, cites } of holders) {
  for (const code of cites) HOLDERS_BY_RULE.set(code, (HOLDERS_BY_RULE.get(code) ?? new Set()).add(name));
}

/** Tests that play or list all scenarios prove none that is not played. */
const PROGRAM_OF_SCENARIOS = 'services/trials/e2e/scenarios.e2e.spec.ts';
const PLAYED = ALL_SCENARIOS.map((scenario) => ({ ...scenario, whole: parentOf(scenario.id) ?? scenario.id, isPlayed: 'play' in scenario }));

/** Codes of the scenarios that `npm run scenarios` knows. */
export const SCENARIO_CODES: readonly string[] = [...new Set(PLAYED.map(({ whole }) => whole))];

/** The pages that say what a code means, where it is followed and which tests name it. */
export class RulePages {
  constructor(
    private readonly register: Register,
    private readonly index: CitationIndex,
  ) {}

  /** Page by its path from the project's root. */
  render(): Readonly<Record<string, string>> {
    return { 'docs/rules.md': this.#rules(), 'docs/requirements.md': this.#requirements(), 'docs/findings.md': this.#findings() };
  }

  #cited(code: string): string[] {
    const { files, tests } = this.index.of(code);
    return [links(files), links(tests)];
  }

  #rules(): string {
    const topics = this.register.topics.map(({ topic, rules }) => {
      const rows = rules.map((rule) => {
        const parameters = [...(HOLDERS_BY_RULE.get(rule.code) ?? [])].map((parameter) => `\`${parameter}\``).join(', ');
        return [rule.code, rule.rule, lawOf(rule), parameters || NOTHING, ...this.#cited(rule.code)];
      });
      return `## ${topic}\n\n${table(['code', 'rule', 'law or default', 'parameters', 'cited in', 'tests'], rows)}`;
    });
    const scenarios = this.register.scenarios.map(({ code, sentence }) => [code, this.#titleOf(code), this.#statusOf(code), sentence, ...this.#cited(code)]);
    const played = `## Acceptance scenarios\n\n\`npm run scenarios\` plays them by code.\n\n${table(['code', 'title', 'status', 'what happens', 'cited in', 'tests'], scenarios)}`;
    return `${[RULES, ...topics, played].join('\n\n')}\n`;
  }

  #titleOf(code: string): string {
    return PARENT_TITLES[code] ?? PLAYED.find(({ id }) => id === code)?.title ?? NOTHING;
  }

  #statusOf(code: string): string {
    const parts = PLAYED.filter(({ whole }) => whole === code);
    if (parts.every(({ isPlayed }) => isPlayed)) return 'played';
    if (parts.some(({ isPlayed }) => isPlayed)) return 'played in part';
    return this.index.of(code).tests.some((path) => path !== PROGRAM_OF_SCENARIOS) ? 'parts in tests' : 'not built';
  }

  #requirements(): string {
    const rows = this.register.requirements.map(({ id, words }) => [id, words, links(this.index.of(id).tests, 'no test yet')]);
    return `${REQUIREMENTS}\n\n${table(['id', 'requirement', 'tests'], rows)}\n`;
  }

  #findings(): string {
    const rows = this.register.findings.map(({ id, risk, now }) => [id, risk, now, links(this.index.of(id).tests)]);
    return `${FINDINGS}\n\n${table(['id', 'what could happen', 'what holds now', 'tests'], rows)}\n`;
  }
}
