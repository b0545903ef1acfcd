import { describeAnswer } from './field.js';
import { choice, code, text } from './fields.js';

/** A machine-readable reason with its sentence (R-UW-04). */
export const REASON = describeAnswer('Reason', 'callers', 'A machine-readable reason with its sentence.', {
  code: code('Stable code of the reason; rely on this one.', 'CASH_FLOW_WEAK'),
  sentence: text(300, 'What it means, in one sentence.', 'The cash flow does not carry the instalments.'),
});

/** Who or what acted. */
export const ACTOR = describeAnswer('Actor', 'callers', 'Who or what acted.', {
  kind: choice(
    { system: 'A service.', partner: 'A partner’s client.', staff: 'A person of the lender.', applicant: 'The applicant.' },
    'What kind of party it is.',
  ),
  id: text(64, 'Its name: of a service, a client or a person.', 'demo-partner'),
});
