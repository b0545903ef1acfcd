import { defineCapability } from '@millrace/service';
import { CreditCommitteeController } from './credit-committee.controller.js';
import { SpeakInCreditCommittee } from './speak-in-credit-committee.js';

/** The credit committee: votes, conflicts of interest, conclusion and minutes about an application (T2). */
export const committee = defineCapability({ name: 'committee', controllers: [CreditCommitteeController], providers: [SpeakInCreditCommittee] });
