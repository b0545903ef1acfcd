import { policyParts as partsOfVerification } from '@millrace/kyc-antifraud/policy-parts';
import { policyParts as partsOfApplications } from '@millrace/loan-application/policy-parts';
import type { PolicyParts } from '@millrace/policy';
import { reasonParts } from '@millrace/reasons';
import { policyParts as partsOfScoring } from '@millrace/scoring/policy-parts';

/** Every part of a release besides its parameters, as it is in place in the service that holds it. */
export const partsInPlace = (): PolicyParts => ({ ...partsOfVerification(), ...partsOfApplications(), ...partsOfScoring(), ...reasonParts() });
