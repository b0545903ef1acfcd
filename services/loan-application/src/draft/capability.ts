import { defineCapability } from '@millrace/service';
import { AdvanceDraft, DRAFT_SUBJECT } from './advance-draft.js';
import { AgreeOnDraft } from './agree-on-draft.js';
import { DraftController } from './draft.controller.js';
import { Draft } from './draft.entity.js';
import { ReadDraft } from './read-draft.js';
import { SaveDraft } from './save-draft.js';
import { SweepDrafts } from './sweep-drafts.js';

/** An application before it is submitted: its fields as they come, its consents and pages one by one. */
export const draft = defineCapability({
  name: 'draft',
  face: ['advance-draft', 'draft.entity', 'read-draft', 'refuse-of-draft'],
  controllers: [DraftController],
  providers: [AdvanceDraft, SaveDraft, AgreeOnDraft, ReadDraft],
  entities: [Draft],
  histories: [DRAFT_SUBJECT],
  tickers: [{ intervalMs: 5_000, ticker: SweepDrafts }],
});
