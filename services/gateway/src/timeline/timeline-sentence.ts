import {
  AppealDecided,
  AppealRequested,
  ContractGenerated,
  ContractSigned,
  DisbursementRequested,
  ExplanationIssued,
  DrawdownExpired,
  formatMinor,
  KycRequested,
  LoanActivated,
  LoanApplicationCancelled,
  LoanApplicationExpired,
  LoanApplicationInfoCorrected,
  LoanApplicationRejected,
  LoanApplicationSubmitted,
  LoanApproved,
  LoanBooked,
  LoanClosed,
  LoanClosureReversed,
  LoanOfferAccepted,
  LoanOfferIssued,
  LoanPrepaid,
  LoanExtended,
  LoanRenewed,
  LoanReopened,
  LoanRepriced,
  LoanRestructured,
  LoanSettled,
  LoanStatusChanged,
  type LoanStatus,
  ManualReviewRequested,
  parseMinor,
  PayeeAccountChanged,
  RepaymentReceived,
  RepaymentReversed,
  ReviewDecided,
  ScoringRequested,
  SupplementAnswered,
  SupplementLapsed,
  SupplementRequested,
} from '@millrace/contracts';
import { fill, TIMELINE } from '@millrace/reasons';

type EventConstructor<E> = abstract new (fields: never) => E;
type Sentence = (event: object) => string;

const yuan = (minor: string): string => formatMinor(parseMinor(minor));
const sentences = new Map<unknown, Sentence>();

function say<E extends object>(eventClass: EventConstructor<E>, sentence: (event: E) => string): void {
  sentences.set(eventClass, sentence as Sentence);
}

say(LoanApplicationSubmitted, ({ requestedAmountMinor, tenorMonths }) => fill(TIMELINE.submitted, { amount: yuan(requestedAmountMinor), months: tenorMonths }));
say(KycRequested, () => TIMELINE.checksBegan.en);
say(ScoringRequested, ({ purpose }) => (purpose === 'decision' ? TIMELINE.scored : TIMELINE.scoredAgain).en);
say(AppealRequested, () => TIMELINE.appealed.en);
say(AppealDecided, ({ outcome }) => (outcome === 'allowed' ? TIMELINE.appealAllowed : TIMELINE.appealUpheld).en);
say(ExplanationIssued, () => TIMELINE.explained.en);
say(SupplementRequested, () => TIMELINE.supplementAsked.en);
say(SupplementAnswered, () => TIMELINE.supplemented.en);
say(SupplementLapsed, () => TIMELINE.supplementLapsed.en);
say(LoanApplicationInfoCorrected, () => TIMELINE.corrected.en);
say(ManualReviewRequested, () => TIMELINE.reviewed.en);
say(ReviewDecided, ({ decision }) => (decision === 'approve' ? TIMELINE.letGoOn : TIMELINE.declinedByPerson).en);
say(LoanApproved, ({ amountMinor }) => fill(TIMELINE.approved, { amount: yuan(amountMinor) }));
say(LoanApplicationRejected, () => TIMELINE.declined.en);
say(LoanOfferIssued, ({ amountMinor, tenorMonths }) => fill(TIMELINE.offered, { amount: yuan(amountMinor), months: tenorMonths }));
say(LoanOfferAccepted, () => TIMELINE.accepted.en);
say(ContractGenerated, () => TIMELINE.contractDrawnUp.en);
say(ContractSigned, () => TIMELINE.contractSigned.en);
say(PayeeAccountChanged, () => TIMELINE.accountChanged.en);
say(DisbursementRequested, ({ amountMinor }) => fill(TIMELINE.paymentOrdered, { amount: yuan(amountMinor) }));
say(DrawdownExpired, () => TIMELINE.paymentLapsed.en);
say(LoanActivated, ({ principalMinor }) => fill(TIMELINE.paidOut, { amount: yuan(principalMinor) }));
say(LoanClosed, ({ transferredOn }) => (transferredOn === undefined ? TIMELINE.ended : TIMELINE.claimSold).en);
const LAPSED: Readonly<Record<string, { readonly en: string }>> = { offer: TIMELINE.offerLapsed, contract: TIMELINE.contractLapsed };
say(LoanApplicationExpired, ({ stage }) => (LAPSED[stage] ?? TIMELINE.lapsed).en);
say(LoanApplicationCancelled, ({ reasonCode }) => (reasonCode === 'GUARANTOR_REFUSED' ? TIMELINE.guarantorRefused : TIMELINE.withdrawn).en);
say(LoanBooked, ({ instalments, firstDueOn }) => fill(TIMELINE.booked, { instalments, day: firstDueOn }));
say(RepaymentReceived, ({ amountMinor, outstandingPrincipalMinor }) =>
  fill(TIMELINE.repaid, { amount: yuan(amountMinor), outstanding: yuan(outstandingPrincipalMinor) }),
);
say(RepaymentReversed, ({ amountMinor, outstandingPrincipalMinor }) =>
  fill(TIMELINE.takenBack, { amount: yuan(amountMinor), outstanding: yuan(outstandingPrincipalMinor) }),
);
say(LoanPrepaid, ({ principalMinor, instalmentMinor, maturesOn, outstandingPrincipalMinor }) =>
  outstandingPrincipalMinor === '0'
    ? fill(TIMELINE.paidEarly, { amount: yuan(principalMinor) })
    : fill(TIMELINE.prepaid, { amount: yuan(principalMinor), instalment: yuan(instalmentMinor), day: maturesOn }),
);
say(LoanRepriced, ({ rateBps, validOn, instalmentMinor }) =>
  fill(TIMELINE.repriced, { percent: formatMinor(BigInt(rateBps)), day: validOn, instalment: yuan(instalmentMinor) }),
);
say(LoanExtended, ({ maturesOn }) => fill(TIMELINE.extended, { day: maturesOn }));
say(LoanRestructured, ({ maturesOn }) => fill(TIMELINE.restructured, { day: maturesOn }));
say(LoanRenewed, ({ principalMinor }) => fill(TIMELINE.renewed, { amount: yuan(principalMinor) }));
say(LoanReopened, () => TIMELINE.owedAgain.en);
say(LoanClosureReversed, () => TIMELINE.owedAgain.en);
say(LoanSettled, () => TIMELINE.settled.en);

const STANDING: Readonly<Record<LoanStatus, { readonly en: string }>> = {
  ACTIVE: TIMELINE.caughtUp,
  OVERDUE: TIMELINE.overdue,
  ACCELERATED: TIMELINE.calledIn,
  LEGAL: TIMELINE.inCourt,
  WRITTEN_OFF: TIMELINE.writtenOff,
  SETTLED: TIMELINE.settled,
  CLOSED: TIMELINE.fileClosed,
  RETURNED: TIMELINE.returned,
  TRANSFERRED: TIMELINE.claimSold,
};
say(LoanStatusChanged, ({ status }) => STANDING[status].en);

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
