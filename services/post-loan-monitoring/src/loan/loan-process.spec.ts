import { processFaults, walkFaults } from '@millrace/process';
import { LOAN_PROCESS } from './loan-process.js';

const WALK = `
               NEW AC OV SE
LoanActivated  AC  .  .  .
DueDateMissed  -   OV -  -
ArrearsCleared -   -  AC -
PaidOff        -   SE SE -
MoneyTakenBack -   -  -  AC
`;

test('R-OP-09: every status × every trigger of a loan is as expected, and the table is sound', () => {
  expect(walkFaults(LOAN_PROCESS, WALK, { AC: 'ACTIVE', OV: 'OVERDUE', SE: 'SETTLED' })).toEqual([]);
  expect(processFaults(LOAN_PROCESS)).toEqual([]);
});
