import { defineCapability } from '@millrace/service';
import { CaseController } from './case.controller.js';

/** Firms with a tale that a partner can try. */
export const sandboxCase = defineCapability({
  name: 'case',
  face: ['sandbox-cases', 'settings-of-case'],
  controllers: [CaseController],
});
