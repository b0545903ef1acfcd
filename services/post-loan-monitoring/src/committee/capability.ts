import { defineCapability } from '@millrace/service';
import { CommitteeController } from './committee.controller.js';
import { SpeakInCommittee } from './speak-in-committee.js';

/** Committees that decide about loans: votes, conflicts of interest, conclusion and minutes. */
export const committee = defineCapability({ name: 'committee', controllers: [CommitteeController], providers: [SpeakInCommittee] });
