import { IsCalendarDay, IsUnsignedMinorUnits } from '@millrace/contracts';
import { LEGAL_CASE_OUTCOMES, type LEGAL_CASE_UPDATES } from '@millrace/contracts/api';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, Length, Matches, validateSync } from 'class-validator';

type Stage = keyof typeof LEGAL_CASE_UPDATES;
type Outcome = keyof typeof LEGAL_CASE_OUTCOMES;

/** What the court tells (docs/provider-contract.md), by the stage of the case that it is; that a case is closed is none, and is decided by people. */
export const STAGE_OF_NEWS = {
  docketed: 'accepted',
  hearing: 'hearing',
  judgment: 'judgment',
  mediated: 'settled_in_court',
  effective: 'final',
  enforcement: 'enforcing',
  seizure: 'assets_seized',
  distribution: 'distribution',
  closed: null,
} as const satisfies Readonly<Record<string, Stage | null>>;

/** A text that every store takes: no control characters, and no halves of a pair. */
const PRINTABLE = /^[^\p{Cc}\p{Cs}]*$/u;

/** One thing that the court tells of a case. */
export class CourtNews {
  /** The court's id of it: it is taken over once. */
  @IsUUID() newsId!: string;
  /** The court's own name of the case. */
  @IsString() @Length(1, 100) @Matches(PRINTABLE) caseNumber!: string;
  @IsIn(Object.keys(STAGE_OF_NEWS)) kind!: keyof typeof STAGE_OF_NEWS;
  /** Day on which it happened. */
  @IsCalendarDay() on!: string;
  /** What was awarded, of a judgment or a settlement in court. */
  @IsOptional() @IsUnsignedMinorUnits() awardedMinor?: string | null;
  /** How a closed case has ended. */
  @IsOptional() @IsIn(Object.keys(LEGAL_CASE_OUTCOMES)) outcome?: Outcome | null;
  /** Hash of the paper of the court. */
  @Matches(/^[0-9a-f]{64}$/) documentSha256!: string;
}

/** News that can be used, or the id of some that cannot. */
export type ReadNews = { readonly news: CourtNews } | { readonly unreadable: string };

/** What the court has answered; `unclear` is asked again. */
export type CourtAnswer = { readonly kind: 'news'; readonly items: readonly ReadNews[] } | { readonly kind: 'case_unknown' } | { readonly kind: 'unclear' };

const MOST_ITEMS = 500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Fields of the contract, and none besides: what else a court sends, e.g. names of parties, is not kept. */
const FIELDS = ['caseNumber', 'kind', 'on', 'awardedMinor', 'outcome', 'documentSha256'] as const;

/** Reads one item; undefined where it does not even name itself, so that it could be told any number of times. */
function readNews(raw: unknown): ReadNews | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
  const newsId = (raw as { newsId?: unknown }).newsId;
  if (typeof newsId !== 'string' || !UUID.test(newsId.toLowerCase())) return undefined;
  const told = Object.fromEntries(FIELDS.map((field) => [field, (raw as Record<string, unknown>)[field]]));
  const news = plainToInstance(CourtNews, { ...told, newsId: newsId.toLowerCase() });
  const isWhole = validateSync(news).length === 0 && (news.kind !== 'closed' || typeof news.outcome === 'string');
  return isWhole ? { news } : { unreadable: newsId.toLowerCase() };
}

/** Reads the reply about a case. Whatever breaks the contract as a whole is unclear; an item that does is a finding of its own. */
export function readReply(raw: unknown): CourtAnswer {
  const items = typeof raw === 'object' && raw !== null ? (raw as { items?: unknown }).items : undefined;
  if (!Array.isArray(items) || items.length > MOST_ITEMS) return { kind: 'unclear' };
  const read = items.map(readNews);
  return read.every((one) => one !== undefined) ? { kind: 'news', items: read } : { kind: 'unclear' };
}
