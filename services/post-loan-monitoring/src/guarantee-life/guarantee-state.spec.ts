import { guaranteeStatusOf, stateOf, type GuaranteeFacts } from './guarantee-state.js';

const LAPSES = '2027-09-02';
const FRESH: GuaranteeFacts = { kind: 'joint', lapsesOn: LAPSES, suedOn: null, claimedMinor: null, paidMinor: 0n, settledOn: null, transferredOn: null };
const on = (through: string, change: Partial<GuaranteeFacts> = {}): string => stateOf({ ...FRESH, ...change }, through);

test('G-EC-04, B5: its last day is still in its time, the end of that day is not; who was asked by then stays bound', () => {
  expect([on('2027-09-01'), on(LAPSES)]).toEqual(['live', 'lapsed']);
  expect(on('2030-01-01', { claimedMinor: 100n })).toBe('claimed');
});

test('G-EC-08: of a guarantor who stands after the borrower the time is kept by the suit against the borrower, and of no other', () => {
  const suedOn = '2027-08-01';
  expect(on('2030-01-01', { kind: 'general', suedOn })).toBe('live');
  expect(on('2030-01-01', { kind: 'general' })).toBe('lapsed');
  expect(on('2030-01-01', { kind: 'joint', suedOn })).toBe('lapsed');
});

test('R-CR-19: it is compensated once what was asked for is paid, or a part of it and the loan has ended', () => {
  expect(on('2027-08-09', { claimedMinor: 100n, paidMinor: 99n })).toBe('claimed');
  expect(on('2027-08-09', { claimedMinor: 100n, paidMinor: 100n })).toBe('compensated');
  expect(on('2027-08-09', { claimedMinor: 100n, paidMinor: 1n, settledOn: '2027-08-09' })).toBe('compensated');
});

test('R-CR-19: it is released when nothing is owed; of a guarantor who was asked by the end of that day; what had lapsed stays lapsed', () => {
  expect(on('2027-08-08', { settledOn: '2027-08-09' })).toBe('released');
  expect(on('2028-08-08', { settledOn: '2027-08-09' })).toBe('released');
  expect(on('2027-08-08', { settledOn: '2027-08-09', claimedMinor: 100n })).toBe('claimed');
  expect(on('2027-08-09', { settledOn: '2027-08-09', claimedMinor: 100n })).toBe('released');
  expect(on('2027-10-09', { settledOn: '2027-10-09' })).toBe('lapsed');
  expect(on('2027-08-09', { transferredOn: '2027-08-09' })).toBe('transferred');
});

test('of several guarantees the one that can bring money is told', () => {
  expect(guaranteeStatusOf([])).toBeNull();
  expect(guaranteeStatusOf(['lapsed', 'live'])).toBe('live');
  expect(guaranteeStatusOf(['live', 'claimed', 'released'])).toBe('claimed');
  expect(guaranteeStatusOf(['lapsed', 'compensated'])).toBe('compensated');
});
