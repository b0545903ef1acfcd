import { defineCapability } from '@millrace/service';
import { AskStep } from './ask-step.js';

/** Steps of a loan that are no movement of money: asked for as changes are, decided by people, and taken by the table of the loan's process. */
export const loanStep = defineCapability({ name: 'loan-step', face: ['agreed-step', 'ask-step'], providers: [AskStep] });
