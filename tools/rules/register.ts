import { readdirSync, readFileSync } from 'node:fs';

const RULES = new URL('../../libs/policy/rules/', import.meta.url);
const REGISTER = new URL('../../docs/register/', import.meta.url);
const SCENARIOS = 'scenarios.json';

/** How well a rule of law is known to whoever wrote it down. */
export const KNOWN = { statute: 'text read', secondary: 'secondary source read', memory: 'from memory, to be checked' } as const;

/** A law or notice of an authority. */
export interface Law {
  readonly law: string;
  /** Day, month or year from which it is in force. */
  readonly inForce: string;
  readonly known: keyof typeof KNOWN;
}

/** One rule: its code, a sentence, and where it comes from. Parameters and rows of decision tables cite the rules that they hold. */
export interface Rule {
  readonly code: string;
  readonly rule: string;
  readonly source: Law | 'default';
}

export interface Topic {
  readonly topic: string;
  readonly rules: readonly Rule[];
}

/** An acceptance scenario, and what of it is missing; its title and what is played of it are in services/trials. */
export interface ScenarioSentence {
  readonly code: string;
  readonly sentence: string;
}

export interface Requirement {
  readonly id: string;
  readonly words: string;
}

/** Something that was found wrong once: what could happen, and what holds now. */
export interface Finding {
  readonly id: string;
  readonly risk: string;
  readonly now: string;
}

function read<T>(folder: URL, file: string): T {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as T;
}

const CODE = /^(?:[GM]-[A-Z]{2}-\d{2}|E\d{2})$/;
const SENTENCE = /^\S.*\.$/;
const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** What is wrong with one rule as it is written, a line each. */
export function faultsOfRule({ code, rule, source }: Rule): string[] {
  const law = source === 'default' ? undefined : source;
  return [
    ...(CODE.test(code) ? [] : ['is no code']),
    ...(SENTENCE.test(rule) ? [] : ['needs a sentence']),
    ...(law === undefined || (law.law !== '' && DATE.test(law.inForce) && law.known in KNOWN) ? [] : ['needs law, date and how it is known']),
    ...(code.startsWith('G-') === (law !== undefined) ? [] : ['is of law where it starts with G, and a default otherwise']),
  ].map((fault) => `${code} ${fault}`);
}

/** What rules, scenarios, requirements and findings there are; the sources of docs/rules.md, docs/requirements.md and docs/findings.md. */
export class Register {
  readonly topics: readonly Topic[] = readdirSync(RULES)
    .filter((file) => file.endsWith('.json') && file !== SCENARIOS)
    .toSorted()
    .map((file) => read<Topic>(RULES, file));
  readonly scenarios = read<{ readonly scenarios: readonly ScenarioSentence[] }>(RULES, SCENARIOS).scenarios;
  readonly requirements = read<readonly Requirement[]>(REGISTER, 'requirements.json');
  readonly findings = read<readonly Finding[]>(REGISTER, 'findings.json');

  get rules(): readonly Rule[] {
    return this.topics.flatMap(({ rules }) => rules);
  }

  /** Every code that may be cited. */
  get codes(): readonly string[] {
    return [
      ...this.rules.map(({ code }) => code),
      ...this.scenarios.map(({ code }) => code),
      ...this.requirements.map(({ id }) => id),
      ...this.findings.map(({ id }) => id),
    ];
  }

  /** What is wrong in the files themselves, a line each. */
  faults(): string[] {
    const seen = new Set<string>();
    const twice = this.codes.filter((code) => seen.has(code) || !seen.add(code)).map((code) => `${code} stands twice`);
    const scenarios = this.scenarios.filter(({ sentence }) => !SENTENCE.test(sentence));
    const findings = this.findings.filter(({ risk, now }) => !SENTENCE.test(risk) || !SENTENCE.test(now));
    return [
      ...twice,
      ...this.rules.flatMap(faultsOfRule),
      ...scenarios.map(({ code }) => `${code} needs a sentence`),
      ...findings.map(({ id }) => `${id} needs what could happen and what holds now`),
      ...this.requirements.filter(({ words }) => words === '').map(({ id }) => `${id} needs words`),
    ];
  }
}
