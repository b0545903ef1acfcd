import { newId } from '@millrace/contracts';
import type { LetterKind } from '@millrace/contracts/api';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { bindDocument } from '@millrace/reasons';
import type { LoanTerms } from '../loan/loan-account.js';
import { LETTER_TEMPLATES, templateOf, type LetterValues } from './letter-templates.js';

interface DraftOf<Kind extends LetterKind> {
  readonly kind: Kind;
  /** What of the loan it is about (a due date, an id): the same kind about the same is one letter, however often it is asked for. */
  readonly about: string;
  /** Guarantee that it is written to the guarantor of; left out for the borrower. */
  readonly guaranteeId?: string;
  readonly values: LetterValues<Kind>;
  /** Business date that it bears. */
  readonly writtenOn: IsoDate;
}

/** A letter that is to be written, of whatever kind. */
export type LetterDraft = { [Kind in LetterKind]: DraftOf<Kind> }[LetterKind];

/** A letter that is stored. */
export interface WrittenLetter {
  readonly letterId: string;
  /** False where it was written before; it stays as it was. */
  readonly isNew: boolean;
  readonly text: string;
  /** Hash of the Chinese text, hex. */
  readonly textSha256: string;
}

const INSERT = `
insert into letter (letter_id, loan_id, tenant_id, kind, about, party, guarantee_id, template_version, text, text_sha256, text_en, written_on, written_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (loan_id, kind, about) do nothing`;
const FIND = 'select letter_id as "letterId", text, text_sha256 as "textSha256" from letter where loan_id = $1 and kind = $2 and about = $3';

/**
 * Writes a letter about a loan from the wording of its kind, once; who asks again gets the one that is there. It sends nothing.
 *
 * Another kind is: its name and meaning in `LETTER_KINDS` of the API's `letter.api.ts`; its two files `templates/<kind>.v1.md` and `….v1.en.md`, the second with
 * `{{originalSha256}}`, both with `{{templateVersion}}`; its line in `LETTER_TEMPLATES` and its hash in `RELEASED_LETTERS`; and a call of this function in the
 * transaction of what it tells of. The routes of letters show it from then on.
 */
export async function writeLetter(
  tx: EventTransaction,
  { loanId, tenantId }: Pick<LoanTerms, 'loanId' | 'tenantId'>,
  draft: LetterDraft,
  now: Date,
): Promise<WrittenLetter> {
  const { kind, about, guaranteeId, values, writtenOn } = draft;
  const { text, sha256, textEn, templateVersion } = bindDocument(LETTER_TEMPLATES[kind].version, templateOf(kind), { chinese: values, english: values });
  const letterId = newId();
  const party = guaranteeId === undefined ? 'debtor' : 'guarantor';
  const content = [party, guaranteeId ?? null, templateVersion, text, sha256, textEn, writtenOn, now];
  const { rowCount } = await tx.query(INSERT, [letterId, loanId, tenantId, kind, about, ...content]);
  if (rowCount) return { letterId, isNew: true, text, textSha256: sha256 };
  const { rows } = await tx.query<Omit<WrittenLetter, 'isNew'>>(FIND, [loanId, kind, about]);
  return { ...rows[0]!, isNew: false };
}
