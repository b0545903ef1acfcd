import { IsListOf } from '@millrace/contracts';
import { IsIn, IsInt, IsNumber, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { SourceDefinition } from '../source.js';
import { screeningSubjects } from './screening-subjects.js';

/** A subject that resembles an entry of a list. */
export class WatchlistHit {
  @IsInt() @Min(0) subjectIndex!: number;
  @IsIn(['sanctions', 'special_measures', 'dishonest_debtor']) list!: 'sanctions' | 'special_measures' | 'dishonest_debtor';
  /** 1 for an identifier or the exact name, 0.95 for an alias, less for a resemblance. */
  @IsNumber() @Min(0) @Max(1) matchScore!: number;
  /** Name on the list; for the role `compliance` alone. */
  @IsOptional() @IsString() @MaxLength(300) listedName?: string | null;
}

/** Sanctions, special-measure and other watch lists. */
export class WatchlistReply {
  @IsListOf(() => WatchlistHit, 1_000) hits!: WatchlistHit[];
}

/** Lists that everybody who takes part is held against; whom to screen says the registry. */
export const watchlistSource: SourceDefinition = {
  party: 'watchlists',
  consents: [],
  maxAgeDays: (freshness) => freshness.watchlistDays,
  namesPerson: true,
  reply: WatchlistReply,
  call: ({ subject, queryId, replies }) => ({
    method: 'PUT',
    path: `/v1/watchlists/screenings/${queryId}`,
    body: { subjects: screeningSubjects(subject, replies) },
  }),
};
