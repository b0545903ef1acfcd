import { IsUnsignedMinorUnits } from '@millrace/contracts';
import { IsBoolean, IsInt, IsOptional, Min } from 'class-validator';
import type { SourceDefinition } from '../source.js';

/** Courts and enforcement. */
export class CourtsReply {
  /** 失信被执行人, the firm. */
  @IsBoolean() dishonestDebtor!: boolean;
  @IsBoolean() legalRepresentativeDishonest!: boolean;
  /** Open cases (被执行人). */
  @IsInt() @Min(0) enforcementCases!: number;
  @IsUnsignedMinorUnits() enforcementAmountMinor!: string;
  /** Open cases against owners and the legal representative; absent where the courts’ record does not tell of them. */
  @IsOptional() @IsInt() @Min(0) ownerEnforcementCases?: number;
}

/** The public register of enforcement. */
export const courtsSource: SourceDefinition = {
  party: 'courts',
  consents: [],
  maxAgeDays: (freshness) => freshness.courtsDays,
  namesPerson: true,
  reply: CourtsReply,
  call: ({ subject }) => ({ method: 'GET', path: `/v1/courts/enforcements/${encodeURIComponent(subject.uscc)}` }),
};
