import type { LetterAnswer, LetterTextAnswer } from '@millrace/contracts/api';
import type { Principal } from '@millrace/service';
import type { Queries } from '../loan/read-account.js';

const COLUMNS = `
seq, letter_id as "letterId", loan_id as "loanId", kind, party, guarantee_id as "guaranteeId", 'zh-CN' as language, template_version as "templateVersion",
  text_sha256 as "textSha256", written_on::text as "writtenOn", to_char(written_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "writtenAt",
  (select lower(d.state) from dispatch d where d.letter_id = letter.letter_id) as delivery`;
const VISIBLE = `from letter where loan_id = $1 and party = any($2)`;
const ONE = `select ${COLUMNS}, text, text_en as "textEn" ${VISIBLE} and letter_id = $3`;
const PAGE = `select ${COLUMNS} ${VISIBLE} and seq > $3 order by seq limit $4`;

type Row = LetterAnswer & { readonly seq: string };
const viewOf = ({ seq: _, ...letter }: Row): LetterAnswer => letter;

/** A partner is not told what was written to others than its borrower. */
const partiesFor = ({ kind }: Pick<Principal, 'kind'>): readonly string[] => (kind === 'partner' ? ['debtor'] : ['debtor', 'guarantor']);

/** Letters of a loan that the reader may see, in the order in which they were written; the cursor is the last of the page before. */
export async function readLetters(
  queries: Queries,
  loanId: string,
  reader: Pick<Principal, 'kind'>,
  { cursor = '0', limit = 100 }: { cursor?: string; limit?: number },
): Promise<{ items: LetterAnswer[]; nextCursor: string | null }> {
  const { rows } = await queries.query<Row>(PAGE, [loanId, partiesFor(reader), cursor, limit + 1]);
  return { items: rows.slice(0, limit).map(viewOf), nextCursor: rows.length > limit ? rows[limit - 1]!.seq : null };
}

/** One letter with its text; undefined where the loan has none under this id that the reader may see. */
export async function readLetter(queries: Queries, loanId: string, reader: Pick<Principal, 'kind'>, letterId: string): Promise<LetterTextAnswer | undefined> {
  const { rows } = await queries.query<Row & { text: string; textEn: string }>(ONE, [loanId, partiesFor(reader), letterId]);
  if (!rows[0]) return undefined;
  const { text, textEn, ...row } = rows[0];
  const letter = viewOf(row);
  return { ...letter, text, translation: { language: 'en', binding: false, originalSha256: letter.textSha256, text: textEn } };
}
