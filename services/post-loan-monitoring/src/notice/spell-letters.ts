import type { LetterKind } from '@millrace/contracts/api';
import type { Queries } from '../loan/read-account.js';

/** Most tries of one notice about one spell of arrears: what has been refused or dropped so often is for people, who see it by its events. */
export const NOTICE_TRIES = 3;

/** Letters of one kind about the arrears that a loan has now. */
interface LettersOfKind {
  readonly kind: LetterKind;
  /** Null where they are to the borrower. */
  readonly guaranteeId: string | null;
  readonly tries: number;
  /** One of them is on its way, or delivered. */
  readonly stands: boolean;
}

/** What has been written about the arrears that a loan has now. Letters about arrears that are gone are no notice of these. */
export interface SpellLetters {
  /** Case of the arrears, open for as long as they last; null where the loan has none. */
  readonly caseId: string | null;
  readonly letters: readonly LettersOfKind[];
}

const OPEN_CASE = 'from collection_case c where c.loan_id = t.loan_id and c.closed_on is null';

/** SQL: the letter `t` was written about the arrears that the loan has now: it names their case, or was written before letters did and since the case was opened. */
export const OF_SPELL = `case when t.about like 'arrears %' then t.about like 'arrears ' || coalesce((select c.case_id::text ${OPEN_CASE}), 'without a case') || ',%'
  else t.written_on >= coalesce((select c.opened_on ${OPEN_CASE}), '-infinity') end`;

/** SQL: the letter of the dispatch `d` will not come any more. */
export const HAS_FAILED = `d.state in ('REFUSED', 'DROPPED')`;

const READ = `
select l.loan_id as "loanId", (select c.case_id from collection_case c where c.loan_id = l.loan_id and c.closed_on is null) as "caseId",
  (select coalesce(jsonb_agg(k), '[]') from (
    select t.kind, t.guarantee_id as "guaranteeId", count(*)::int as tries, bool_or(not ${HAS_FAILED}) as stands
    from letter t join dispatch d using (letter_id) where t.loan_id = l.loan_id and ${OF_SPELL} group by t.kind, t.guarantee_id) k) as letters
from loan l where l.loan_id = any($1::uuid[])`;

/** What has been written about the present arrears of loans, by loan. */
export async function readSpellLetters(queries: Queries, loanIds: readonly string[]): Promise<Map<string, SpellLetters>> {
  const { rows } = await queries.query<SpellLetters & { loanId: string }>(READ, [loanIds]);
  return new Map(rows.map(({ loanId, ...letters }) => [loanId, letters]));
}

/** What the next letter of a kind is about, by which it is written once; undefined where one is on its way or delivered, or too many have failed. */
export function aboutNextTry({ caseId, letters }: SpellLetters, kind: LetterKind, guaranteeId?: string): string | undefined {
  const found = letters.find((one) => one.kind === kind && one.guaranteeId === (guaranteeId ?? null));
  const tries = found?.tries ?? 0;
  if (found?.stands || tries >= NOTICE_TRIES) return undefined;
  return [`arrears ${caseId ?? 'without a case'}`, ...(guaranteeId === undefined ? [] : [guaranteeId]), `try ${tries + 1}`].join(', ');
}
