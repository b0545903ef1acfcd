import { policyInForce } from '@millrace/policy';
import { judgeContact } from './judge-contact.js';

const { collection: rules } = policyInForce('online_microloan', '2026-03-02');
const call = { channel: 'call', isPartyKnown: true } as const;
const inShanghai = (time: string): Date => new Date(`2026-06-22T${time}+08:00`);

test.each([
  ['00:00:00', 'OUTSIDE_HOURS'],
  ['07:59:59', 'OUTSIDE_HOURS'],
  ['08:00:00', null],
  ['12:00:00', null],
  ['21:59:59', null],
  ['22:00:00', 'OUTSIDE_HOURS'],
  ['22:05:00', 'OUTSIDE_HOURS'],
] as const)('S17, M-CO-02: a call at %s in Shanghai is %s', (time, block) => {
  expect(judgeContact({ ...call, at: inShanghai(time) }, rules)).toBe(block);
});

test('M-CO-02: messages and visits keep the hours too, and a letter does not', () => {
  const at = inShanghai('23:00:00');
  const blocks = (['message', 'visit', 'letter'] as const).map((channel) => judgeContact({ ...call, channel, at }, rules));
  expect(blocks).toEqual(['OUTSIDE_HOURS', 'OUTSIDE_HOURS', null]);
});

test('M-CO-04: nobody but debtor and guarantors is spoken to, by letter neither', () => {
  const blocks = (['call', 'letter'] as const).map((channel) => judgeContact({ channel, isPartyKnown: false, at: inShanghai('12:00:00') }, rules));
  expect(blocks).toEqual(['PARTY_UNKNOWN', 'PARTY_UNKNOWN']);
});

test('M-CO-02, M-CO-03, M-CO-05: the numbers are those of the trade; local microloan companies remind their borrowers', () => {
  expect(rules).toEqual({ stageFromDpd: [1, 16, 31, 61, 91], contactFromHour: 8, contactUntilHour: 22, contactsPerDay: 3, remindDaysBefore: [] });
  expect(policyInForce('local_microloan', '2026-03-02').collection).toEqual({ ...rules, remindDaysBefore: [7, 3, 1, 0] });
});
