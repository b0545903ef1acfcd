import { createHash } from 'node:crypto';

/** The wording that is signed, and its translation. The translation may be mended: each document keeps the one that it was shown with. */
export interface BilingualTemplate {
  readonly chinese: string;
  readonly english: string;
}

const VARIABLE = /\{\{(\w+)\}\}/g;

/** Puts values into a template; throws for a variable without a value and for a value that the template does not use. */
export function bindTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const text = template.replace(VARIABLE, (_match, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the template needs ${name}`);
    used.add(name);
    // A value must not open a variable of its own.
    return value.replace(/[{}]/g, '');
  });
  const unused = Object.keys(values).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`the template does not use ${unused.join(', ')}`);
  return text;
}

/** What is wrong with a template, a line each: a variable that nobody fills, one that it leaves out, braces that are none. */
export function templateProblems(template: string, variables: readonly string[]): string[] {
  const known: readonly string[] = [...variables, 'templateVersion'];
  const used = [...template.matchAll(VARIABLE)].map(([, name]) => name!);
  const unknown = [...new Set(used)].filter((name) => !known.includes(name)).map((name) => `nothing fills {{${name}}}; there are ${known.join(', ')}`);
  const missing = known.filter((name) => !used.includes(name)).map((name) => `it does not use {{${name}}}, which the document must state`);
  const open = /\{\{|\}\}/.test(template.replace(VARIABLE, '')) ? ['it has braces that are no {{variable}}'] : [];
  return [...unknown, ...missing, ...open];
}

/**
 * What is wrong with the text of a version, if anything: it must be the one that was released.
 * @param released SHA-256 (hex) of each released wording, by version
 */
export function wordingProblems(released: Readonly<Record<string, string>>, version: string, template: string): string[] {
  const sha256 = createHash('sha256').update(template, 'utf8').digest('hex');
  if (released[version] === sha256) return [];
  return [`it is not the wording of ${version} (its SHA-256 is ${sha256}); put that back, and make a new wording a new version, as docs/policy.md says`];
}

/** What is wrong with both files of a template version, a line each; the translation names the hash of the text besides. */
export function bilingualTemplateProblems(
  { what, version, released }: { readonly what: string; readonly version: string; readonly released: Readonly<Record<string, string>> },
  { chinese, english }: BilingualTemplate,
  variables: readonly string[],
): string[] {
  const original = [...templateProblems(chinese, variables), ...wordingProblems(released, version, chinese)];
  return [
    ...original.map((problem) => `${what} ${version}.md: ${problem}`),
    ...templateProblems(english, [...variables, 'originalSha256']).map((problem) => `${what} ${version}.en.md: ${problem}`),
  ];
}

/** A document as it is drafted: the text that is signed by its hash, and the English that is shown beside it and binds nobody (G-EC-02). */
export interface DraftedDocument<Version extends string = string> {
  readonly text: string;
  readonly sha256: string;
  readonly textEn: string;
  readonly templateVersion: Version;
}

/** Binds both files of a template; the same Chinese values give the same hash, whatever the translation says. */
export function bindDocument<Version extends string>(
  templateVersion: Version,
  template: BilingualTemplate,
  values: { readonly chinese: Readonly<Record<string, string>>; readonly english: Readonly<Record<string, string>> },
): DraftedDocument<Version> {
  const text = bindTemplate(template.chinese, { ...values.chinese, templateVersion });
  const sha256 = createHash('sha256').update(text, 'utf8').digest('hex');
  return { text, sha256, textEn: bindTemplate(template.english, { ...values.english, templateVersion, originalSha256: sha256 }), templateVersion };
}
