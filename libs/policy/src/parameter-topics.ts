import { daysRise, type Dated } from './dated-values.js';
import { readdirSync, readFileSync } from 'node:fs';
import { LENDER_TYPES, MOMENTS, SECTION_MOMENTS, type LenderType, type Moment, type SectionName } from './policy.js';

const PARAMETERS = new URL('../parameters/', import.meta.url);

/** Who sets a parameter: the law for every lender, a licence for those who hold it, or the lender itself. What a product sets is in its definition. */
export const SCOPES = ['law', 'licence', 'lender'] as const;
export type Scope = (typeof SCOPES)[number];

/** The unit that the end of a name states; other names may have any. */
const UNIT_OF_ENDING: readonly (readonly [ending: RegExp, unit: string])[] = [
  [/Bps$/, 'basis points'],
  [/Minor$/, 'fen'],
  [/BusinessDays$/, 'business days'],
  [/Days$/, 'days'],
  [/Hours$/, 'hours'],
  [/Seconds$/, 'seconds'],
  [/Months$/, 'months'],
];

/** One value of a parameter and the day it holds from. */
export interface DatedValue extends Dated {
  readonly value: unknown;
  /** Codes of the rules that the value comes from (docs/rules.md). */
  readonly cites: readonly string[];
}

/** A parameter with everything that was ever decided about it. */
export interface Parameter {
  /** `<section>.<key>`. */
  readonly id: string;
  readonly unit: string;
  readonly scope: Scope;
  /** Set where the scope is a licence. */
  readonly licence: LenderType | undefined;
  readonly binds: Moment;
  /** Oldest first. */
  readonly values: readonly DatedValue[];
  /** File of the parameter, from the folder of the lib. */
  readonly file: string;
}

/** A file of parameters as it is written. */
interface TopicFile {
  readonly topic: string;
  readonly section: SectionName;
  readonly scope: Scope;
  readonly licence?: LenderType;
  readonly binds: Moment;
  readonly parameters: Readonly<Record<string, { readonly unit: string; readonly values: readonly DatedValue[] }>>;
}

function faultsOfParameter(key: string, { unit, values }: TopicFile['parameters'][string]): string[] {
  const stated = UNIT_OF_ENDING.find(([ending]) => ending.test(key))?.[1];
  const dated: readonly DatedValue[] = Array.isArray(values) ? (values as readonly DatedValue[]) : [];
  return [
    ...(typeof unit === 'string' && unit !== '' && (stated === undefined || stated === unit)
      ? []
      : [`has the unit ${unit}; its name says ${stated ?? 'none'}`]),
    ...(dated.length > 0 ? [] : ['has no value']),
    ...(daysRise(dated) ? [] : ['needs values with days that rise, as YYYY-MM-DD']),
    ...(dated.every(({ cites }) => Array.isArray(cites) && cites.length > 0) ? [] : ['needs the code of a rule with each value, in cites']),
    ...(dated.every(({ value }) => value !== undefined) ? [] : ['has a day without a value']),
  ].map((fault) => `${key} ${fault}`);
}

/** What is wrong with a file of parameters apart from the values themselves, a line each. */
export function faultsOfTopic(file: string, topic: TopicFile): string[] {
  const { section, scope, licence, binds, parameters = {} } = topic;
  const place = scope === 'licence' ? `parameters/licence/${licence ?? '?'}/${section}.json` : `parameters/${scope}/${section}.json`;
  const faults = [
    ...((SCOPES as readonly string[]).includes(scope) && (scope !== 'licence' || (LENDER_TYPES as readonly string[]).includes(licence ?? ''))
      ? []
      : ['has no scope']),
    ...(file === place ? [] : [`must be ${place}`]),
    ...((MOMENTS as readonly string[]).includes(binds) && binds === SECTION_MOMENTS[section]
      ? []
      : [`binds ${binds}; the code reads ${section} as of ${SECTION_MOMENTS[section] ?? 'nothing'}`]),
    ...(Object.keys(parameters).length > 0 ? [] : ['has no parameters']),
    ...Object.entries(parameters).flatMap(([key, parameter]) => faultsOfParameter(key, parameter)),
  ];
  return faults.map((fault) => `${file}: ${fault}`);
}

let read: { readonly parameters: readonly Parameter[]; readonly faults: readonly string[] } | undefined;

function topics(): NonNullable<typeof read> {
  if (read) return read;
  const files = readdirSync(PARAMETERS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  const all = files.toSorted().map((name) => {
    const file = `parameters/${name.replaceAll('\\', '/')}`;
    return { file, topic: JSON.parse(readFileSync(new URL(name, PARAMETERS), 'utf8')) as TopicFile };
  });
  read = {
    faults: all.flatMap(({ file, topic }) => faultsOfTopic(file, topic)),
    parameters: all.flatMap(({ file, topic: { section, scope, licence, binds, parameters } }) =>
      Object.entries(parameters ?? {}).map(([key, { unit, values }]) => ({ id: `${section}.${key}`, unit, scope, licence, binds, values, file })),
    ),
  };
  return read;
}

/** Every parameter of every scope, read once a process. */
export const allParameters = (): readonly Parameter[] => topics().parameters;

/** What is wrong with the files of parameters, a line each. */
export const checkTopics = (): readonly string[] => topics().faults;

/** Parameters that a lender of the licence lends under: those of law, of the licence and of the lender, each once. */
export function parametersOf(lenderType: LenderType): readonly Parameter[] {
  return allParameters().filter(({ licence }) => licence === undefined || licence === lenderType);
}
