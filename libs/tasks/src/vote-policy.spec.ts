import fc from 'fast-check';
import { tallyCommittee, votesNeeded, type MemberVote } from './vote-policy.js';

const RULE = { kind: 'committee', seats: 5, quorum: 3, yes: 'approve', no: 'reject', majority: { of: 2, outOf: 3 }, vetoRole: 'risk_officer' } as const;
const said = (decision: string | null, hasVeto = false): MemberVote => ({ decision, hasVeto });
/** y: yes, n: no, c: a conflict; in capitals the member who has the veto. */
const votes = (text: string): MemberVote[] =>
  [...text].map((one) => said({ y: 'approve', n: 'reject', c: null }[one.toLowerCase()] ?? null, one !== one.toLowerCase()));

test.each([
  ['', true, 'waiting'],
  ['Yy', true, 'waiting'],
  ['Yyy', false, 'waiting'],
  ['Yyy', true, 'approve'],
  // Two thirds of three are two, of four three, of five four.
  ['Yyn', true, 'approve'],
  ['Yynn', true, 'reject'],
  ['Yyyn', true, 'approve'],
  ['Yyynn', false, 'reject'],
  ['Yyyyn', false, 'approve'],
  ['Yyyy', false, 'approve'],
  // No further vote can bring two thirds any more.
  ['nny', false, 'reject'],
  ['N', false, 'reject'],
  ['yyyyN', false, 'reject'],
  ['yyyy', true, 'waiting'],
  ['yyyyC', false, 'approve'],
  ['Cyyn', true, 'approve'],
  ['cccYy', true, 'impossible'],
] as const)('R-UW-05: %p, concluded %p: %s', (text, concluding, outcome) => {
  const tally = tallyCommittee(RULE, votes(text), concluding);
  expect(tally.kind === 'decided' ? tally.decision : tally.kind).toBe(outcome);
});

test('the order in which members vote changes no outcome, and an early outcome is the one of all votes', () => {
  const vote = fc.constantFrom('y', 'n', 'c');
  fc.assert(
    fc.property(fc.array(vote, { minLength: 4, maxLength: 4 }), fc.constantFrom('Y', 'N', 'C'), fc.integer({ min: 0, max: 4 }), (others, head, at) => {
      const all = [...others.slice(0, at), head, ...others.slice(at)].join('');
      const end = tallyCommittee(RULE, votes(all), false);
      const sorted = tallyCommittee(RULE, votes([...all].sort().join('')), false);
      expect(sorted).toEqual(end);
      for (let count = 1; count < 5; count++) {
        const early = tallyCommittee(RULE, votes(all.slice(0, count)), false);
        if (early.kind === 'decided') expect(end).toMatchObject({ decision: early.decision });
      }
    }),
  );
});

test('how many people a kind needs', () => {
  expect([votesNeeded({ kind: 'one-person' }), votesNeeded({ kind: 'two-persons' }), votesNeeded(RULE)]).toEqual([1, 2, 3]);
});
