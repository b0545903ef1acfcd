import { IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event } from './event.js';
import { GRADES, IsRateBps, LimitCap, Reason, type Grade } from './facts.js';
import { IsUnsignedMinorUnits } from './money.js';
import { IsListOf } from './nested.js';
import { TOPICS } from './topics.js';

const of = (type: string, summary: string) => ({
  type: `${EVENT_NAMESPACE}.scoring.${type}`,
  producer: 'scoring',
  version: 1,
  topic: TOPICS.scoring,
  keyField: 'applicationId' as const,
  summary,
});

@Event(of('computed', 'Score, grade, limit and price of a firm, with the versions that made them.'))
export class ScoreComputed extends DomainEvent<ScoreComputed> {
  @IsUUID() applicationId!: string;
  /** The score, by the id that the request had. */
  @IsUUID() scoreId!: string;
  /** What the score is for, as in ScoringRequested. */
  @IsIn(['decision', 'reject_inference']) purpose!: 'decision' | 'reject_inference';
  /** Points of the scorecard; more is better. */
  @IsInt() @Min(0) @Max(2000) score!: number;
  /** Probability of default over 12 months, a decimal fraction as text, e.g. `0.012990`. */
  @Matches(/^(0\.\d{1,8}|1(\.0+)?|0)$/) pd!: string;
  /** Grade of the master scale that the probability of default falls into; `R1` is the best. */
  @IsIn(GRADES) grade!: Grade;
  /** Comprehensive risk index 0–100, high is good (M-RI-01); null where its inputs are missing. */
  @IsOptional() @IsInt() @Min(0) @Max(100) riskIndex!: number | null;
  /** Proposed limit after all caps, floored to 10,000 yuan; 0 for grades that are not lent to. */
  @IsUnsignedMinorUnits() limitMinor!: string;
  /** Name of the cap that is the smallest, and so has made the limit. */
  @IsString() @MaxLength(40) bindingCap!: string;
  /** Every cap that the limit was held to. */
  @IsListOf(() => LimitCap, 20) caps!: LimitCap[];
  @IsRateBps() rateBps!: number;
  @IsListOf(() => Reason, 30) reasons!: Reason[];
  /** The scorecard, with its version. */
  @IsString() @MaxLength(64) scorecardId!: string;
  /** Hash (SHA-256, hex) of the scorecard’s file. */
  @Matches(/^[0-9a-f]{64}$/) scorecardSha256!: string;
  /** SHA-256 of the canonical inputs, so that the decision can be recomputed to the same answer (R-IT-04). */
  @Matches(/^[0-9a-f]{64}$/) inputsSha256!: string;
  @IsString() @MaxLength(64) policyVersion!: string;
  /** As in the request: the re-check that the score was made for, and decides. */
  @IsOptional() @IsUUID() recheckId?: string;
  @IsOptional() @IsInt() @Min(2) @Max(99) round?: number;
}

@Event(
  of('failed', 'No score will come of a request: the invoices cannot be read, or their source stayed away for too long. A person looks at the application.'),
)
export class ScoringFailed extends DomainEvent<ScoringFailed> {
  @IsUUID() applicationId!: string;
  /** Request that failed, by the id that its score would have had. */
  @IsUUID() scoreId!: string;
  /** What stood in the way, e.g. `BATCH_UNREADABLE`; a finding for whoever looks. */
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/) failureCode!: string;
  /** As in the request: the re-check that has no score now. */
  @IsOptional() @IsUUID() recheckId?: string;
  @IsOptional() @IsInt() @Min(2) @Max(99) round?: number;
}
