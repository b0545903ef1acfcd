import { Problem } from '@millrace/service';
import { refuseImpossibleAmount } from './amount-form.js';

function codeOf(amount: string): string | undefined {
  try {
    refuseImpossibleAmount(amount, 'requestedAmountMinor');
    return undefined;
  } catch (error) {
    return (error as Problem).code;
  }
}

test.each([
  ['30000000', undefined],
  ['0', undefined],
  ['-1', 'AMOUNT_NEGATIVE'],
  ['-0.5', 'AMOUNT_NEGATIVE'],
  ['1.5', 'AMOUNT_NOT_WHOLE_FEN'],
  ['030', 'AMOUNT_NOT_WHOLE_FEN'],
])('%s gives %s', (amount, code) => {
  expect(codeOf(amount)).toBe(code);
});
