import { allEventClasses, isVisibleToPartners, LoanApplicationExpired, RepaymentReceived } from '@millrace/contracts';
import { gateway } from '../gateway.module.js';
import { reasonsOf } from './reasons-of.js';
import { classesWithSentence, timelineSentence } from './timeline-sentence.js';

test('every event that is visible to partners, and no other, is consumed and has a sentence', () => {
  const expected = allEventClasses().filter(isVisibleToPartners);
  const timeline = gateway.readModels.find(({ name }) => name === 'timeline')!;
  const names = (classes: readonly unknown[]): string[] => classes.map((eventClass) => (eventClass as { name: string }).name).sort();
  expect(names(timeline.consumes.map(({ eventClass }) => eventClass))).toEqual(names(expected));
  expect(expected).not.toEqual([]);
  expect(names(classesWithSentence())).toEqual(names(expected));
});

test('a sentence is made of amounts alone', () => {
  const repayment = Object.assign(Object.create(RepaymentReceived.prototype) as RepaymentReceived, {
    amountMinor: '2585050',
    outstandingPrincipalMinor: '27573700',
    bankReference: 'a person’s name',
  });
  expect(timelineSentence(repayment)).toBe('25,850.50 yuan came in; 275,737.00 yuan of principal are left.');
  expect(() => timelineSentence({})).toThrow('no sentence for Object');
});

test('reasons are codes with their sentences, or a bare code', () => {
  expect(reasonsOf({ reasons: [{ code: 'A_B_C', sentence: 'So.', more: 1 }] })).toEqual([{ code: 'A_B_C', sentence: 'So.' }]);
  expect(reasonsOf({ reasonCode: 'A_B_C' })).toEqual([{ code: 'A_B_C', sentence: null }]);
  expect(reasonsOf({})).toEqual([]);
});

test('a stage that only a later version knows has a sentence too', () => {
  const expired = (stage: string): LoanApplicationExpired => new LoanApplicationExpired({ applicationId: '0199d0c0-0000-7000-8000-000000000000', stage });
  expect(timelineSentence(expired('offer'))).toBe('The offer was not answered in time.');
  expect(timelineSentence(expired('guarantee'))).toBe('An answer that was due did not come in time.');
});
