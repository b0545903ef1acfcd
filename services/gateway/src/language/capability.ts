import { defineCapability } from '@millrace/service';

/** Answers in the language that is asked for. */
export const language = defineCapability({
  name: 'language',
  face: ['answer-in-language'],
});
