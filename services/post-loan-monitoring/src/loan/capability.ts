import { LoanBooked, LoanReopened, LoanSettled, LoanStatusChanged } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { ListLoans } from './list-loans.js';
import { LOAN_PROCESS, LOAN_SUBJECT } from './loan-process.js';
import { LoanController } from './loan.controller.js';

/** Accounts of loans that were paid out: schedule, what is owed, and the life of the loan. */
export const loan = defineCapability({
  name: 'loan',
  face: [
    'accrue-account',
    'book-loan',
    'correct-accrual',
    'emit-status',
    'loan-account',
    'loan-process',
    'move-loans',
    'open-books',
    'page.dto',
    'play-account',
    'rate-on',
    'read-account',
    'repricing-day',
    'restate-loan',
    'restate-misuse',
    'visible-loan',
  ],
  controllers: [LoanController],
  providers: [ListLoans],
  processes: [LOAN_PROCESS],
  histories: [LOAN_SUBJECT],
  produces: [LoanBooked, LoanSettled, LoanReopened, LoanStatusChanged],
});
