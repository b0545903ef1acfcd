import { ADD_EVIDENCE, READ_EVIDENCE } from '@millrace/contracts/api';
import { defineCapability } from '@millrace/service';
import { serveDownload, serveUpload } from '../described/serve-file.js';
import { AddEvidence } from './add-evidence.js';
import { ReadEvidence } from './read-evidence.js';

/** Files of an application, parted: the bytes go to kyc-antifraud, what they are and their hash to the hub. */
export const evidence = defineCapability({
  name: 'evidence',
  controllers: [serveUpload(ADD_EVIDENCE, AddEvidence), serveDownload(READ_EVIDENCE, ReadEvidence)],
  providers: [AddEvidence, ReadEvidence],
});
