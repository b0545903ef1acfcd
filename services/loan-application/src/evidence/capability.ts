import { defineCapability } from '@millrace/service';
import { EvidenceFile } from './evidence-file.entity.js';
import { EvidenceController } from './evidence.controller.js';
import { AddEvidence } from './add-evidence.js';
import { EvidenceAdded } from '@millrace/contracts';

/** What was uploaded to an application, by id and hash; the files are at kyc-antifraud. */
export const evidence = defineCapability({
  name: 'evidence',
  face: ['known-evidence'],
  controllers: [EvidenceController],
  entities: [EvidenceFile],
  produces: [EvidenceAdded],
  providers: [AddEvidence],
});
