import { defineCapability } from '@millrace/service';
import { AnswerSupplement } from './answer-supplement.js';
import { AskSupplement } from './ask-supplement.js';
import { ReadSupplements } from './read-supplements.js';
import { SupplementController } from './supplement.controller.js';

/** What an applicant is asked to correct or add, round by round, and what it answers. */
export const supplement = defineCapability({
  name: 'supplement',
  face: ['ask-supplement', 'supplement-policy', 'supplement.dto'],
  controllers: [SupplementController],
  providers: [AskSupplement, AnswerSupplement, ReadSupplements],
});
