import { defineCapability } from '@millrace/service';
import { AcceptOffer } from './accept-offer.js';
import { Contract } from './contract.entity.js';
import { ObtainSignature } from './obtain-signature.js';
import { OBTAIN_SIGNATURE, SignContract } from './sign-contract.js';

/** The contract of an accepted offer, from its text to its signatures. */
export const contract = defineCapability({
  name: 'contract',
  face: [
    'accept-offer',
    'contract-text',
    'contract.dto',
    'contract.entity',
    'draft-guarantee',
    'guarantee-contracts',
    'pending-signature',
    'released-templates',
    'renewal-terms',
    'sign-contract',
    'signature-evidence',
    'translation',
  ],
  providers: [AcceptOffer, SignContract],
  entities: [Contract],
  jobs: { [OBTAIN_SIGNATURE]: ObtainSignature },
});
