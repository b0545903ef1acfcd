import { readFileSync } from 'node:fs';
import type { LetterKind } from '@millrace/contracts/api';
import { bilingualTemplateProblems, type BilingualTemplate } from '@millrace/reasons';
import { RELEASED_LETTERS } from './released-letters.js';

const ABOUT_LOAN = ['contractId', 'loanId'] as const;
const ABOUT_DISPUTE = [...ABOUT_LOAN, 'writtenOn', 'receivedOn', 'asOf'] as const;
const ABOUT_SALE = [...ABOUT_LOAN, 'writtenOn', 'transferredOn', 'buyerName', 'buyerUscc'] as const;
const ABOUT_ARREARS = [...ABOUT_LOAN, 'writtenOn', 'dueOn', 'dpd', 'arrearsYuan'] as const;

/** The wording that letters of a kind are written by now, and what it states; its text uses every value. */
export const LETTER_TEMPLATES = {
  due_reminder: { version: 'due-reminder.v1', variables: [...ABOUT_LOAN, 'dueOn', 'dueYuan'] },
  late_message: { version: 'late-message.v1', variables: ABOUT_ARREARS },
  demand_letter: { version: 'demand-letter.v1', variables: [...ABOUT_ARREARS, 'outstandingYuan'] },
  guarantor_notice: { version: 'guarantor-notice.v1', variables: [...ABOUT_ARREARS, 'guaranteeId', 'limitYuan', 'lapsesOn'] },
  settlement: { version: 'settlement.v1', variables: [...ABOUT_LOAN, 'writtenOn', 'disbursedOn', 'settledOn', 'principalYuan'] },
  renewal_offer: { version: 'renewal-offer.v1', variables: [...ABOUT_LOAN, 'writtenOn', 'maturesOn', 'outstandingYuan'] },
  dispute_corrected: { version: 'dispute-corrected.v1', variables: [...ABOUT_DISPUTE, 'dpdBefore', 'overdueBeforeYuan', 'dpdAfter', 'overdueAfterYuan'] },
  dispute_upheld: { version: 'dispute-upheld.v1', variables: [...ABOUT_DISPUTE, 'dpd', 'overdueYuan', 'reason'] },
  transfer_notice: { version: 'transfer-notice.v1', variables: [...ABOUT_SALE, 'principalYuan', 'interestYuan', 'penaltyYuan'] },
  guarantor_transfer_notice: { version: 'guarantor-transfer-notice.v1', variables: [...ABOUT_SALE, 'guaranteeId', 'limitYuan', 'lapsesOn'] },
  bureau_pre_notice: { version: 'bureau-pre-notice.v1', variables: [...ABOUT_ARREARS, 'reportFrom', 'disputeDays'] },
} as const satisfies Readonly<Record<LetterKind, { readonly version: string; readonly variables: readonly string[] }>>;

/** What a letter of a kind says of its loan, ready to be read: days as `YYYY-MM-DD`, money in yuan. */
export type LetterValues<Kind extends LetterKind> = Readonly<Record<(typeof LETTER_TEMPLATES)[Kind]['variables'][number], string>>;

/** Reads the two files of a template version. */
function readTemplate(version: string): BilingualTemplate {
  const read = (file: string): string => readFileSync(new URL(`../../templates/${file}.md`, import.meta.url), 'utf8');
  return { chinese: read(version), english: read(`${version}.en`) };
}

const KINDS = Object.keys(LETTER_TEMPLATES) as LetterKind[];
const TEXTS = new Map<LetterKind, BilingualTemplate>(KINDS.map((kind) => [kind, readTemplate(LETTER_TEMPLATES[kind].version)]));

/** Both files of the wording of a kind. */
export const templateOf = (kind: LetterKind): BilingualTemplate => TEXTS.get(kind)!;

/** What is wrong with the templates of letters, a line each, for the start. */
export const checkLetterTemplates = (): string[] =>
  KINDS.flatMap((kind) => {
    const { version, variables } = LETTER_TEMPLATES[kind];
    return bilingualTemplateProblems({ what: 'letter template', version, released: RELEASED_LETTERS }, templateOf(kind), variables);
  });
