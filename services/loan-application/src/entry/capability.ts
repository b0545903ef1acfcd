import { defineCapability } from '@millrace/service';
import { EntryKnockOuts } from './entry-knock-outs.js';

/** Who may apply, and for what: asked of the application itself, before anybody outside is asked. */
export const entry = defineCapability({ name: 'entry', face: ['entry-knock-outs', 'entry-policy'], providers: [EntryKnockOuts] });
