import { processFaults, walkFaults } from '@millrace/process';
import { LOAN_PROCESS } from './loan-process.js';

const SHORT = {
  AC: 'ACTIVE',
  OV: 'OVERDUE',
  CI: 'ACCELERATED',
  LE: 'LEGAL',
  WO: 'WRITTEN_OFF',
  SE: 'SETTLED',
  CL: 'CLOSED',
  RT: 'RETURNED',
  TR: 'TRANSFERRED',
};
const WALK = `
                      NEW AC OV CI LE WO SE CL RT TR
LoanActivated         AC .  .  .  .  .  .  . . .
RenewalSigned         AC -  -  -  -  -  -  - - -
Renewed               -  SE SE -  -  -  -  - - -
DueDateMissed         -  OV -  -  -  -  -  - - -
ArrearsCleared        -  -  AC -  -  -  -  - - -
PaidOff               -  SE SE SE SE SE -  - - -
PayoutReturned        -  RT RT -  -  -  -  -  . -
FileClosed            -  -  -  -  -  -  CL - - -
MoneyTakenBack        -  -  -  -  -  -  AC AC - -
Accelerated           -  CI CI -  -  -  -  - - -
CalledInTakenBack     -  -  -  -  -  -  CI CI - -
CaseFiled             -  -  LE LE LE WO -  - - -
CaseUpdated           -  AC OV CI LE WO SE - - TR
CaseClosed            -  AC OV CI LE WO SE - - TR
CaseWithdrawn         -  -  -  -  OV -  -  - - -
CaseWithdrawnCalledIn -  -  -  -  CI -  -  - - -
GuarantorClaimed      -  -  OV CI LE -  -  - - -
GuarantorPaid         -  AC OV CI LE WO SE - - -
WrittenOff            -  -  WO WO WO -  -  - - -
ClaimTransferred      -  TR TR TR TR TR -  - - -
RecoveryTakenBack     -  -  -  -  -  -  WO WO - -
`;

test('R-OP-09, R-PL-06: every status × every trigger of a loan is as expected, and the table is sound', () => {
  expect(walkFaults(LOAN_PROCESS, WALK, SHORT)).toEqual([]);
  expect(processFaults(LOAN_PROCESS)).toEqual([]);
});
