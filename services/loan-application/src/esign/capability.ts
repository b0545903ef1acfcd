import { defineCapability } from '@millrace/service';
import { AskSignature, ESIGN } from './ask-signature.js';

/** The party that signs contracts, and whether what it answers is a signature. */
export const esign = defineCapability({ name: 'esign', face: ['ask-signature'], providers: [AskSignature], outsideParties: [ESIGN] });
