import { checkServiceContent } from '@millrace/policy';
import { checkLetterTemplates } from './letter/letter-templates.js';
import { policyParts } from './policy-parts.js';

/** What is wrong with policy or wordings of letters, a line each, before anything listens (T22, T31). */
export const checkContent = (): Promise<string[]> => checkServiceContent('post-loan-monitoring', [checkLetterTemplates], policyParts);
