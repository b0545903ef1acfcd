import { keepParts as keepPartsOfVerification, policyParts as partsOfVerification } from '@millrace/kyc-antifraud/policy-parts';
import { keepParts as keepPartsOfApplications, policyParts as partsOfApplications } from '@millrace/loan-application/policy-parts';
import type { PolicyParts } from '@millrace/policy';
import { policyParts as partsOfLetters } from '@millrace/post-loan-monitoring/policy-parts';
import { reasonParts } from '@millrace/reasons';
import { policyParts as partsOfScoring } from '@millrace/scoring/policy-parts';

/** Every part of a release besides its parameters, as it is in place in the service that holds it. */
export const partsInPlace = (): PolicyParts => ({
  ...partsOfVerification(),
  ...partsOfApplications(),
  ...partsOfScoring(),
  ...partsOfLetters(),
  ...reasonParts(),
});

/** Keeps what is in place and later versions replace, before a release names it; answers the files that are new. */
export const keepParts = (): string[] => [...keepPartsOfVerification(), ...keepPartsOfApplications()];
