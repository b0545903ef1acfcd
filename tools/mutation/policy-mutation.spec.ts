import { readFileSync } from 'node:fs';
import { parsePolicy, policyInForce, type Policy } from '@millrace/policy';
import { decisionsOf } from './decisions-of-policy.js';
import { jsonMutants } from './mutate-json.js';

// Goal (T31): no edit of a parameter passes in silence. Method: every mutant is refused by the start's checks, or decides one of the committed examples
// otherwise. What is decided by code that only runs on a database or a file is named, with the test that asks it.
const FIRST = policyInForce('online_microloan', '2026-03-02');
const TEXT = JSON.stringify(FIRST);
const EXAMPLES = JSON.parse(readFileSync(new URL('online_microloan.v0.decisions.json', import.meta.url), 'utf8')) as Record<string, unknown[]>;

/** Parameters whose readers are not among the pure functions that the examples ask, with where they are asked; or why nobody reads them. */
const ASKED_ELSEWHERE: readonly (readonly [parameter: RegExp, where: string])[] = [
  [/^version$|^sha256$|^lenderType$/, 'names, which decide nothing'],
  [/^effectiveFrom$/, 'which release is chosen: policy.spec.ts and check-content.spec.ts'],
  [/^approval\.sampleBps$/, 'what is looked at afterwards: sample-policy.spec.ts'],
  [/^approval\.visit|^deadlines\.visitBusinessDays$/, 'when a firm is visited: committee-matrix.spec.ts and field-visit.int.spec.ts'],
  [/^approval\.committee(Sits|LowerGradeMaxMinor)$/, 'who decides above one approver: committee-matrix.spec.ts'],
  [/^(hearing\.|deadlines\.(supplementDays|appealBusinessDays)$)/, 'what an applicant is asked and may appeal: supplement.int.spec.ts, appeal.int.spec.ts'],
  [/^invoices\./, 'how a file is read: read-invoices.spec.ts and trade-truth.spec.ts'],
  [/^repayment\.(principalFirstOverDpd|holdAboveOwedMultiple)/, 'order of a repayment: receive-repayment and repayment-policy specs'],
  [/^servicing\./, 'what a contract is drafted with: contract-clauses.spec.ts'],
  [/^payment\.authoriseAboveMinor$/, 'which payments two persons authorise: M-DR-06 in authorise-payment.int.spec.ts'],
  [/^deadlines\.authorisationBusinessDays$/, 'how long it may take: M-DR-07 in authorise-payment.int.spec.ts'],
  [/^deadlines\.draftIdleDays$/, 'how long a draft waits: M-AP-14 in draft.int.spec.ts'],
  [/^entry\./, 'who may apply: entry-policy.spec.ts'],
  [/^coolingOff\.endingCauses/, 'which causes end by themselves: block-policy.spec.ts'],
  [/^freshness\./, 'how old a stored answer may be: answer-age.spec.ts and answer-age.int.spec.ts'],
  [/^masterScale\./, 'grades: scorecard.spec.ts; prices: price.spec.ts and evaluate-firm.spec.ts'],
  [/^verification\./, 'what of an answer is certain: read-signals.spec.ts and verify-firm.int.spec.ts; windows of rings: device-ring.int.spec.ts'],
  [/^disclosure\./, 'pages: submission-policy.spec.ts; reasons: evaluate-firm.spec.ts'],
  [/^repayment\.announcementDays$/, 'how long a word waits: M-LN-06 in record-repayment.int.spec.ts'],
  [/^payment\.paidAtSkewSeconds$/, 'which day of a bank is believed: F16 in payee-holder.int.spec.ts'],
  [/^classification\./, 'classes of loans: class-floors.spec.ts and class-of-day.spec.ts'],
  [/^collection\./, 'how arrears are pursued: stand.spec.ts, judge-contact.spec.ts and policy-rules'],
  [/^guarantee\.(claimFromDpd|lapseAlarmDays)$/, 'claims on guarantors and the alarm before they lapse: guarantee-life.int.spec.ts'],
  [
    /^(extension|guarantee|renewal)\./,
    'how far a term is extended, how long a guarantor stands and when a loan is renewed: extension-, guarantee- and renewal-policy.spec.ts',
  ],
  [/^provision\./, 'provisions and ratios: provision-policy.spec.ts'],
  [/^reserve\./, 'what is put into the reserve for operational risk: reserve-policy.spec.ts'],
  [/^creditReport\./, 'what is told before a report to the bureau: notices-of-day.int.spec.ts'],
  [/^recovery\./, 'calling in, limitation and closed files: acceleration.int.spec.ts, legal-case.int.spec.ts, loan-file.int.spec.ts'],
  [/^limit\.(otherIndustryCoefficientBps|industryCoefficientBps)/, 'evaluate-firm.spec.ts'],
];

/** A point that lies on the straight line between its neighbours: without it every value stays what it was. */
function isBetween(path: string): boolean {
  const [section, name, at] = path.split('.');
  const line = section === 'riskIndex' ? (JSON.parse(TEXT) as { riskIndex: Record<string, [number, number][]> }).riskIndex[name!] : undefined;
  const [before, point, after] = Array.isArray(line) ? [line[Number(at) - 1], line[Number(at)], line[Number(at) + 1]] : [];
  if (!before || !point || !after) return false;
  return (point[1] - before[1]) * (after[0] - point[0]) === (after[1] - point[1]) * (point[0] - before[0]);
}

function decided(policy: Policy): string {
  try {
    return JSON.stringify(decisionsOf(policy));
  } catch (error) {
    return String(error);
  }
}

test('the first release decides its examples as they say', () => {
  expect(decisionsOf(FIRST)).toEqual(EXAMPLES);
});

test('T31: every mutant of the policy is refused, is noticed by an example, changes nothing, or is of a parameter that is asked elsewhere', () => {
  const shares = { refused: 0, noticed: 0, equal: 0, elsewhere: 0 };
  const silent: string[] = [];
  const wanted = JSON.stringify(EXAMPLES);
  for (const { path, what, document } of jsonMutants(TEXT)) {
    const parsed = parsePolicy(document as object);
    if (!parsed.policy) shares.refused += 1;
    else if (decided(parsed.policy) !== wanted) shares.noticed += 1;
    else if (ASKED_ELSEWHERE.some(([parameter]) => parameter.test(path))) shares.elsewhere += 1;
    else if (what.endsWith('removed') && isBetween(path)) shares.equal += 1;
    else silent.push(what);
  }
  const total = shares.refused + shares.noticed + shares.equal + shares.elsewhere + silent.length;
  process.stdout.write(
    `policy: ${total} mutants: ${shares.refused} refused, ${shares.noticed} noticed by an example, ${shares.equal} change nothing, ${shares.elsewhere} of parameters asked elsewhere, ${silent.length} silent\n`,
  );
  expect(silent).toEqual([]);
  expect(shares.noticed).toBeGreaterThan(total / 10);
}, 120_000);
