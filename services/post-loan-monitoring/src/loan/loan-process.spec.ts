import { processFaults, walkFaults } from '@millrace/process';
import { LOAN_PROCESS } from './loan-process.js';

const WALK = `
               NEW AC SE
LoanActivated  AC  .  .
PaidOff        -   SE -
MoneyTakenBack -   -  AC
`;

test('R-OP-09: every status × every trigger of a loan is as expected, and the table is sound', () => {
  expect(walkFaults(LOAN_PROCESS, WALK, { AC: 'ACTIVE', SE: 'SETTLED' })).toEqual([]);
  expect(processFaults(LOAN_PROCESS)).toEqual([]);
});
