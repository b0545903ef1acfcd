import { defineCapability } from '@millrace/service';
import { AnswerSupplement } from './answer-supplement.js';
import { AskSupplement } from './ask-supplement.js';
import { CorrectOnFile } from './correct-on-file.js';
import { CorrectionController } from './correction.controller.js';
import { ReadSupplements } from './read-supplements.js';
import { SupplementController } from './supplement.controller.js';

/** What an applicant is asked to correct or add, round by round, and what it answers. */
export const supplement = defineCapability({
  name: 'supplement',
  face: ['ask-supplement', 'correct-declared', 'supplement-policy', 'supplement.dto'],
  controllers: [SupplementController, CorrectionController],
  providers: [AskSupplement, AnswerSupplement, ReadSupplements, CorrectOnFile],
});
