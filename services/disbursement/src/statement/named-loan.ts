const LOAN_ID = /(?<![\da-f])[\da-f]{8}-?[\da-f]{4}-?7[\da-f]{3}-?[89ab][\da-f]{3}-?[\da-f]{12}(?![\da-f])/gi;

/** The loan that a payer has written into the reference of a transfer, with or without hyphens; undefined where it names none, or more than one. */
export function namedLoan(remittance: string): string | undefined {
  const ids = new Set((remittance.match(LOAN_ID) ?? []).map((found) => found.replaceAll('-', '').toLowerCase()));
  const [only] = ids;
  if (ids.size !== 1 || only === undefined) return undefined;
  return only.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
