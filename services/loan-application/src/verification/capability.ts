import { KycPassed, KycReferred, KycRejected } from '@millrace/contracts';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { OnKycPassed } from './on-kyc-passed.js';
import { OnKycReferred } from './on-kyc-referred.js';
import { OnKycRejected } from './on-kyc-rejected.js';

/** What the check of the firm means for its application. */
export const verification = defineCapability({
  name: 'verification',
  face: ['overtaken'],
  consumes: [consume(KycPassed, OnKycPassed), consume(KycReferred, OnKycReferred), consume(KycRejected, OnKycRejected)],
});
