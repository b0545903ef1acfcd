import { defineCapability } from '@millrace/service';
import { AppealController } from './appeal.controller.js';
import { AppealRound } from './appeal-round.js';
import { DecideAppeal } from './decide-appeal.js';
import { ReadAppeals } from './read-appeals.js';
import { RequestAppeal } from './request-appeal.js';

/** A refusal by the engine that a person looks at again, with the corrected data beside the first. */
export const appeal = defineCapability({
  name: 'appeal',
  face: ['appeal-round', 'decide-appeal'],
  controllers: [AppealController],
  providers: [RequestAppeal, ReadAppeals, AppealRound, DecideAppeal],
});
