import { defineCapability } from '@millrace/service';
import { APPLICANTS } from './applicant-record.js';
import { ApplicantController } from './applicant.controller.js';
import { PersonController } from './person.controller.js';
import { RecordApplicant } from './record-applicant.js';

/** The firm that applies and the persons behind it, sealed, and who may read them. */
export const applicant = defineCapability({
  name: 'applicant',
  face: ['applicant', 'applicant-record', 'restricted-read', 'stored-only'],
  controllers: [ApplicantController, PersonController],
  providers: [RecordApplicant],
  sealedRecords: [APPLICANTS],
});
