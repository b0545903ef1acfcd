import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Version of the template in force; a new wording is a new file, old contracts keep theirs. */
export const TEMPLATE_VERSION = 'loan-contract.v1';

const TEMPLATE = readFileSync(new URL(`../../templates/${TEMPLATE_VERSION}.md`, import.meta.url), 'utf8');
const VARIABLE = /\{\{(\w+)\}\}/g;

/** Puts values into a template; throws for a variable without a value and for a value that the template does not use. */
export function bindTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const text = template.replace(VARIABLE, (_match, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the contract template needs ${name}`);
    used.add(name);
    // A value must not open a variable of its own.
    return value.replace(/[{}]/g, '');
  });
  const unused = Object.keys(values).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`the contract template does not use ${unused.join(', ')}`);
  return text;
}

/** Text and hash of a contract; the same values give the same hash. */
export function contractText(values: Readonly<Record<string, string>>): { text: string; sha256: string } {
  const text = bindTemplate(TEMPLATE, { ...values, templateVersion: TEMPLATE_VERSION });
  return { text, sha256: createHash('sha256').update(text, 'utf8').digest('hex') };
}
