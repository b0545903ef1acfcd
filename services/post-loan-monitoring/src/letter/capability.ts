import { defineCapability } from '@millrace/service';
import { LetterController } from './letter.controller.js';

/** What was written to borrowers and guarantors, word for word. */
export const letter = defineCapability({
  name: 'letter',
  face: ['letter-templates', 'released-letters', 'write-letter'],
  controllers: [LetterController],
});
