/** Fields that mean the same in every class that has them, by name. A comment on the field itself comes first, where an event says more. */
export const FIELD_GLOSSARY: Readonly<Record<string, string>> = {
  applicationId: 'The application that all of it belongs to; a UUIDv7 made by the partner.',
  loanId: 'The loan, from the order to pay it out until it is settled.',
  contractId: 'The contract that the loan is lent under.',
  contractSha256: 'Hash (SHA-256, hex) of the text of the contract, which the signatures cover.',
  payoutId: 'The payment of the loan to the borrower, by our own id, which is also the idempotency key at the bank.',
  offerId: 'The offer with its cost sheet.',
  reviewTaskId: 'The task of the person who has to decide.',
  tenantId: 'The lender, where one installation serves several.',
  partnerId: 'The partner through whom the firm has applied.',
  uscc: 'Unified social credit code of the firm: the id of an enterprise, no natural person’s datum.',
  currency: 'Currency of the amounts, ISO 4217; `CNY`.',
  tenorMonths: 'Time from payout to the last due date, in months.',
  repaymentMethod: 'How principal and interest are spread over the due dates.',
  requestedAmountMinor: 'What the firm asks for.',
  declaredRevenueMinor: 'Revenue of the last 12 months as the firm declares it.',
  rateBps: 'Nominal annual interest rate.',
  policyVersion: 'Version of the lender’s policy that the application was made under and is decided by.',
  facts: 'The verified facts of the firm that later decisions rest on.',
  findings: 'What the checks found, without what points at suspicion: such a finding counts as a neutral one of its severity (R-LG-02).',
  reasons: 'Why, by code and sentence; the weightiest first.',
  round: 'Round of the verification that it belongs to, from the second on: what the firm has mended is asked of the sources anew. Absent in the first.',
  payeeRecordId: 'Account that is paid, as disbursement keeps it: account numbers never travel in events.',
  taskId: 'The question that is left to people.',
  storyId: 'The application that the task is about, else the loan, else the subject itself: so the task stands among the events of its story, in order.',
  seq: 'Number of the task’s last change; a higher one is later.',
  dueAt: 'By when a person should have decided; a reminder follows.',
  bankReference: 'Reference of the movement of money at the bank.',
};

/** Units that the end of a field's name says, and that its meaning is completed by. */
const UNITS: readonly (readonly [name: RegExp, sentence: string])[] = [
  [/Minor$/, 'In fen (1/100 yuan), a whole number as text.'],
  [/Bps$/, 'In basis points: 100 are 1%.'],
  [/(?:At|Until)$/, 'An instant, UTC.'],
  [/(?:On|^asOf)$/, 'A date, Asia/Shanghai.'],
];

/** The unit of a field, as a sentence; empty where it has none. */
export function unitSentence(field: string): string {
  return UNITS.find(([name]) => name.test(field))?.[1] ?? '';
}
