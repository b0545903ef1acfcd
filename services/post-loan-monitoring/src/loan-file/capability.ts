import { LoanFileClosed } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';

/** The end of a loan that is repaid: the letter of settlement, and the file that is closed and kept. The close of a day does both. */
export const loanFile = defineCapability({ name: 'loan-file', face: ['end-loans'], produces: [LoanFileClosed] });
