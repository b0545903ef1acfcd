import { type Finding, type Reason } from '@millrace/contracts';
import { applicantReasons, isBureauCode, isRestrictedCode, meansFraud, openFindings, reviewReason, toldOfRefusal, type ReasonMoment } from '@millrace/reasons';
import { hasRight, type Principal } from '@millrace/service';

/** Who looks: what is shown depends on the kind and the roles alone. */
export type Viewer = Pick<Principal, 'kind' | 'roles'>;

/** True where the viewer may see score, grade, limit and what the matrix says of an application. */
export function seesScore(viewer: Viewer): boolean {
  return hasRight(viewer, 'score');
}

/** Reasons as the viewer may read them; customers' side, and staff who talk with it, read what the applicant is told (R-LG-02, R-CR-09). */
export function shownReasons(reasons: readonly Reason[], viewer: Viewer, moment: ReasonMoment): Reason[] {
  const told = (some: readonly Reason[]): Reason[] =>
    some.length === 0
      ? []
      : applicantReasons(
          some.map(({ code }) => code),
          moment,
        );
  if (!seesScore(viewer)) return told(reasons.map(wordedAnew));
  const mayRead = ({ code }: Reason): boolean => !isRestrictedCode(code) && (!isBureauCode(code) || hasRight(viewer, 'bureau'));
  const rest = reasons.map(wordedAnew).filter((reason) => !mayRead(reason));
  return [...reasons.map(wordedAnew).filter(mayRead), ...told(rest)];
}

/** A decision that was stored before there was a catalogue holds what a member of staff typed: it is told as the catalogue has it. */
function wordedAnew(reason: Reason): Reason {
  const byPerson = reviewReason(reason.code);
  if (byPerson) return byPerson.decision === 'reject' ? toldOfRefusal(reason.code) : reason;
  return reason.sentence === OF_EARLIER_VERSIONS ? toldOfRefusal(reason.code) : reason;
}

/** Sentence that earlier versions put beside a free code. */
const OF_EARLIER_VERSIONS = 'A person has looked at the application and declined it.';

/** Findings as ordinary staff read them in a task. */
export function shownFindings(findings: readonly Finding[], viewer: Viewer): Finding[] {
  return openFindings(findings).filter(({ code }) => !isBureauCode(code) || hasRight(viewer, 'bureau'));
}

/** Code of a person's decision: that it was for fraud is for those alone who may know. */
export function shownDecisionCode(code: string, viewer: Viewer): string {
  return meansFraud(code) && !hasRight(viewer, 'fraudDecision') ? toldOfRefusal('').code : code;
}
