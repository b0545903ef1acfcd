import { defineCapability } from '@millrace/service';
import { AnswerOnce } from './answer-once.js';

/** Answers that are given once and kept, and what a request must name. */
export const answer = defineCapability({
  name: 'answer',
  face: ['answer-once', 'request-id', 'require-consent'],
  providers: [AnswerOnce],
});
