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
  /** Values of the English that are other words than those of the Chinese text. */
  readonly english?: Partial<LetterValues<Kind>>;
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

/** A letter about a loan that is to be written. */
export interface LoanLetter {
  readonly loan: Pick<LoanTerms, 'loanId' | 'tenantId'>;
  readonly draft: LetterDraft;
}

const INSERT = `
insert into letter (letter_id, loan_id, tenant_id, kind, about, party, guarantee_id, template_version, text, text_sha256, text_en, written_on, written_at)
select l.*, $13 from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::text[], $11::text[], $12::date[]) as l
on conflict (loan_id, kind, about) do nothing returning letter_id as "letterId"`;

const FIND = `
select t.letter_id as "letterId", t.text, t.text_sha256 as "textSha256"
from unnest($1::uuid[], $2::text[], $3::text[]) with ordinality as asked(loan_id, kind, about, place) join letter t using (loan_id, kind, about) order by place`;

const textOf = ({ kind, values, english }: LetterDraft) =>
  bindDocument(LETTER_TEMPLATES[kind].version, templateOf(kind), { chinese: values, english: { ...values, ...english } });

/**
 * Writes letters about loans from the wordings of their kinds, each once; who asks again gets the one that is there. It sends nothing. The answers stand in the
 * order of the drafts.
 *
 * Another kind is: its name and meaning in `LETTER_KINDS` of the API's `letter.api.ts`; its two files `templates/<kind>.v1.md` and `….v1.en.md`, the second with
 * `{{originalSha256}}`, both with `{{templateVersion}}`; its line in `LETTER_TEMPLATES` and its hash in `RELEASED_LETTERS`; and a call of this function in the
 * transaction of what it tells of. The routes of letters show it from then on.
 */
export async function writeLetters(tx: EventTransaction, letters: readonly LoanLetter[], now: Date): Promise<WrittenLetter[]> {
  const written = letters.map(({ loan, draft }) => ({ ...loan, ...draft, ...textOf(draft), letterId: newId() }));
  const { rows } = await tx.query<{ letterId: string }>(INSERT, [
    written.map(({ letterId }) => letterId),
    written.map(({ loanId }) => loanId),
    written.map(({ tenantId }) => tenantId),
    written.map(({ kind }) => kind),
    written.map(({ about }) => about),
    written.map(({ guaranteeId }) => (guaranteeId === undefined ? 'debtor' : 'guarantor')),
    written.map(({ guaranteeId }) => guaranteeId ?? null),
    written.map(({ templateVersion }) => templateVersion),
    written.map(({ text }) => text),
    written.map(({ sha256 }) => sha256),
    written.map(({ textEn }) => textEn),
    written.map(({ writtenOn }) => writtenOn),
    now,
  ]);
  const isNew = new Set(rows.map(({ letterId }) => letterId));
  const known = await findLetters(
    tx,
    written.filter(({ letterId }) => !isNew.has(letterId)),
  );
  return written.map(({ letterId, text, sha256 }) =>
    isNew.has(letterId) ? { letterId, isNew: true, text, textSha256: sha256 } : { ...known.shift()!, isNew: false },
  );
}

/** Letters that were written before, in the order in which they are asked for. */
async function findLetters(
  tx: EventTransaction,
  asked: readonly { readonly loanId: string; readonly kind: LetterKind; readonly about: string }[],
): Promise<Omit<WrittenLetter, 'isNew'>[]> {
  if (asked.length === 0) return [];
  const values = [asked.map(({ loanId }) => loanId), asked.map(({ kind }) => kind), asked.map(({ about }) => about)];
  return (await tx.query<Omit<WrittenLetter, 'isNew'> & Record<string, unknown>>(FIND, values)).rows;
}

/** Same, for one letter. */
export async function writeLetter(tx: EventTransaction, loan: LoanLetter['loan'], draft: LetterDraft, now: Date): Promise<WrittenLetter> {
  const [written] = await writeLetters(tx, [{ loan, draft }], now);
  return written!;
}
