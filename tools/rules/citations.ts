import type { SourceFile } from '../source-tree.js';

/** Families of codes, each with what it must look like, so that nothing else is taken for one. */
const FAMILIES = [
  // Rules of law and of our own, and requirements.
  /[GMR]-[A-Z]{2}-\d+/,
  /SEC-\d+/,
  // Not the time of an instant (T09:00), nor a tier of approval (T0 to T3).
  /T\d{2}(?!:\d)/,
  /D\d{1,2}/,
  // Not the divisions of trade in GB/T 4754, F51 and F52.
  /F[0-2]\d/,
  // Not the divisions of construction, E47 to E50.
  /E(?:0[1-9]|[12]\d|3[0-6])/,
  // A scenario may name its part: S10a or S10.a.
  /S(?:0[1-9]|1\d|20)(?:\.?[a-c](?!\w))?/,
  // Not the buyers B1, B2 of invoice tests: a scenario starts a title, ends brackets, or stands in a list of codes.
  /B[1-5](?=: |\)|, (?:[GMR]-|SEC-|[SF]\d))/,
];
const CODE = new RegExp(`(?<![\\w-])(?:${FAMILIES.map(({ source }) => source).join('|')})(?!\\w)`, 'g');
/** Part of a scenario. */
const PART = /\.?[a-c]$/;
const RANGE = /^(–| to )$/;
const NUMBER = /\d+$/;

function between(first: string, last: string): string[] {
  const kind = first.replace(NUMBER, '');
  const [from, to] = [first, last].map((code) => NUMBER.exec(code)![0]) as [string, string];
  if (last.replace(NUMBER, '') !== kind) return [];
  return Array.from({ length: Math.max(0, Number(to) - Number(from) - 1) }, (_, at) => `${kind}${String(Number(from) + at + 1).padStart(from.length, '0')}`);
}

/** Codes that a text cites, each once; a range such as `F01–F10` or `M-AM-01 to M-AM-06` cites all that lie in it. */
export function codesIn(text: string): string[] {
  const found = [...text.matchAll(CODE)].map((match) => {
    const code = match[0].replace(PART, '');
    return { code, starts: match.index, ends: match.index + match[0].length };
  });
  const inRanges = found.flatMap(({ code, starts }, at) => {
    const before = found[at - 1];
    return before && RANGE.test(text.slice(before.ends, starts)) ? between(before.code, code) : [];
  });
  return [...new Set([...found.map(({ code }) => code), ...inRanges])];
}

/** Files that cite a code, apart by what they are. */
export interface Citations {
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

/** What is written from other sources, which cite in its stead, or is the register itself. */
const NO_SOURCE = [
  /^package-lock\.json$/,
  /^libs\/policy\/rules\//,
  /^docs\/(register\/|rules\.md|requirements\.md|findings\.md|events\.md|access\.md|loan-process\.md|openapi\.json)/,
  /^libs\/contracts\/schemas\//,
  /^tools\/(rules\/|rules\.spec\.ts)/,
];
/** A line of the changelog is of its time, and so is what was released: it has to resolve, and is no place where a rule is kept. */
const HISTORY = [/^CHANGELOG\.md$/, /^libs\/policy\/releases\//, /\/tables\/released\//];

/** Every place that cites a code, by code. */
export class CitationIndex {
  readonly #files = new Map<string, string[]>();
  readonly #cited = new Set<string>();
  readonly #unresolved: string[] = [];

  constructor(tree: readonly Pick<SourceFile, 'path' | 'text'>[], isKnown: (code: string) => boolean) {
    const sources = tree.filter(
      ({ path }) => /\.(ts|js|mjs|sql|md|json|ya?ml|sh)$|^\.ci\/|\/Dockerfile$/.test(path) && !NO_SOURCE.some((pattern) => pattern.test(path)),
    );
    for (const { path, text } of sources) {
      for (const code of codesIn(text)) {
        this.#cited.add(code);
        if (!isKnown(code)) this.#unresolved.push(`${path}: ${code}`);
        if (!HISTORY.some((pattern) => pattern.test(path))) this.#files.set(code, [...(this.#files.get(code) ?? []), path]);
      }
    }
  }

  /** `path: code` of every code that nothing registers. */
  get unresolved(): readonly string[] {
    return this.#unresolved;
  }

  /** Whether anything cites it, be it the changelog. */
  isCited(code: string): boolean {
    return this.#cited.has(code);
  }

  /** Files that cite it now. */
  of(code: string): Citations {
    const paths = (this.#files.get(code) ?? []).toSorted();
    const isTest = (path: string): boolean => path.endsWith('.spec.ts');
    return { files: paths.filter((path) => !isTest(path)), tests: paths.filter(isTest) };
  }
}
