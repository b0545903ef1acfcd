import type { AskedField, AskedItem, Finding } from '@millrace/contracts';
import type { CodeFor } from '@millrace/reasons';

/** What the applicant can mend by itself, by what was found: whatever else is found is looked at by a person. */
const MENDABLE: Readonly<Partial<Record<CodeFor<'finding'>, AskedField>>> = {
  REVENUE_GAP: 'declaredRevenueMinor',
  TAX_REVENUE_GAP: 'declaredRevenueMinor',
  INVOICE_MONTHS_MISSING: 'invoices',
};

const fieldOf = (code: string): AskedField | undefined => (Object.hasOwn(MENDABLE, code) ? MENDABLE[code as keyof typeof MENDABLE] : undefined);

/** What the applicant is asked for, where all that was found is for it to mend; nothing where a person has to look at anything beside it. */
export function askedOf(findings: readonly Finding[]): AskedItem[] {
  const items = findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ code, severity }) => ({ field: severity === 'amber' ? fieldOf(code) : undefined, reasonCode: code }));
  return items.every((item): item is AskedItem & { field: AskedField } => item.field !== undefined) ? items : [];
}

/** Sources of which something was asked: the firm may have mended it there, and has nothing to send. */
const AT_SOURCES: ReadonlySet<string> = new Set<AskedField>(['invoices', 'taxRecords']);

/** True where the answer can be that a source has now what it lacked. */
export function isAskedOfSource(items: readonly AskedItem[]): boolean {
  return items.some(({ field }) => AT_SOURCES.has(field));
}
