import { LoanActivated } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { OnLoanActivated } from './on-loan-activated.js';

/** The money is out: the loan is booked, with those who have signed to stand for it. */
export const activation = defineCapability({ name: 'activation', consumes: [consume(LoanActivated, OnLoanActivated)] });
