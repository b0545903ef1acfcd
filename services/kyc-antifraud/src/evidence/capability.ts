import { defineCapability } from '@millrace/service';
import { EVIDENCE_RECORDS } from './evidence-record.js';
import { EvidenceController } from './evidence.controller.js';
import { KeepEvidence } from './keep-evidence.js';
import { openEvidenceStore } from './open-evidence-store.js';
import { VirusScanner } from './virus-scanner.js';

/** Files that were uploaded: what they are is seen from their content, they are scanned, and kept encrypted. */
export const evidence = defineCapability({
  name: 'evidence',
  controllers: [EvidenceController],
  providers: [KeepEvidence, VirusScanner, openEvidenceStore],
  sealedRecords: [EVIDENCE_RECORDS],
});
