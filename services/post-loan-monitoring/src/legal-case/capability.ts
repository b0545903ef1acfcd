import { LegalCaseClosed, LegalCaseFiled, LegalCaseUpdated } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { decidedBy } from '@millrace/tasks';
import { KeepLegalFile } from './keep-legal-file.js';
import { LegalCaseController } from './legal-case.controller.js';
import { LEGAL_CASE, LEGAL_CASE_END } from './legal-case.tasks.js';
import { SettleLegalCase, SettleLegalCaseEnd } from './settle-legal-case.js';

/** What is done in court about a loan, the demands before it, and until when the claim can be enforced. */
export const legalCase = defineCapability({
  name: 'legal-case',
  face: ['court-lenders', 'hand-in', 'legal-case.tasks', 'record-stage'],
  controllers: [LegalCaseController],
  providers: [KeepLegalFile],
  produces: [LegalCaseFiled, LegalCaseUpdated, LegalCaseClosed],
  taskKinds: [decidedBy(LEGAL_CASE, SettleLegalCase), decidedBy(LEGAL_CASE_END, SettleLegalCaseEnd)],
});
