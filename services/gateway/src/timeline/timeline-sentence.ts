import {
  ContractGenerated,
  ContractSigned,
  DisbursementRequested,
  formatMinor,
  KycRequested,
  LoanActivated,
  LoanApplicationCancelled,
  LoanApplicationExpired,
  LoanApplicationRejected,
  LoanApplicationSubmitted,
  LoanApproved,
  LoanBooked,
  LoanClosed,
  LoanOfferAccepted,
  LoanOfferIssued,
  LoanSettled,
  ManualReviewRequested,
  parseMinor,
  PayeeAccountChanged,
  RepaymentReceived,
  ReviewDecided,
  ScoringRequested,
} from '@millrace/contracts';

type EventConstructor<E> = abstract new (fields: never) => E;
type Sentence = (event: object) => string;

const yuan = (minor: string): string => `${formatMinor(parseMinor(minor))} yuan`;
const sentences = new Map<unknown, Sentence>();

function say<E extends object>(eventClass: EventConstructor<E>, sentence: (event: E) => string): void {
  sentences.set(eventClass, sentence as Sentence);
}

say(LoanApplicationSubmitted, ({ requestedAmountMinor, tenorMonths }) => `The firm applied for ${yuan(requestedAmountMinor)} over ${tenorMonths} months.`);
say(KycRequested, () => 'The checks of the firm and its people began.');
say(ScoringRequested, ({ purpose }) =>
  purpose === 'decision' ? 'The checks are done; the firm is being scored.' : 'The firm is scored once more, to watch the model only; the decision stands.',
);
say(ManualReviewRequested, () => 'A person looks at the application.');
say(ReviewDecided, ({ decision }) =>
  decision === 'approve' ? 'A person looked at the application and let it go on.' : 'A person looked at the application and declined it.',
);
say(LoanApproved, ({ amountMinor }) => `The loan was approved: ${yuan(amountMinor)}.`);
say(LoanApplicationRejected, () => 'The application was declined.');
say(LoanOfferIssued, ({ amountMinor, tenorMonths }) => `An offer of ${yuan(amountMinor)} over ${tenorMonths} months was made.`);
say(LoanOfferAccepted, () => 'The offer was accepted.');
say(ContractGenerated, () => 'The contract was drawn up and can be signed.');
say(ContractSigned, () => 'All parties have signed the contract.');
say(PayeeAccountChanged, () => 'All parties have signed that the money goes to another account.');
say(DisbursementRequested, ({ amountMinor }) => `The payment of ${yuan(amountMinor)} was ordered.`);
say(LoanActivated, ({ principalMinor }) => `The money is out: ${yuan(principalMinor)}.`);
say(LoanClosed, () => 'The application has come to its end: the loan is repaid.');
say(LoanApplicationExpired, ({ stage }) => (stage === 'offer' ? 'The offer was not answered in time.' : 'The contract was not signed in time.'));
say(LoanApplicationCancelled, () => 'The application was withdrawn.');
say(LoanBooked, ({ instalments, firstDueOn }) => `The loan account was opened: ${instalments} instalments, the first due on ${firstDueOn}.`);
say(
  RepaymentReceived,
  ({ amountMinor, outstandingPrincipalMinor }) => `${yuan(amountMinor)} came in; ${yuan(outstandingPrincipalMinor)} of principal are left.`,
);
say(LoanSettled, () => 'Nothing is owed any more.');

/** One plain sentence for the timeline, made of amounts and dates alone; throws for an event that nobody has a sentence for. */
export function timelineSentence(event: object): string {
  const sentence = sentences.get(event.constructor);
  if (!sentence) throw new Error(`the timeline has no sentence for ${event.constructor.name}`);
  return sentence(event);
}

/** Classes that have a sentence. */
export function classesWithSentence(): unknown[] {
  return [...sentences.keys()];
}
