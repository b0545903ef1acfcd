import { IsCalendarDay, IsListOf, IsNested, IsUnsignedMinorUnits } from '@millrace/contracts';
import { IsArray, IsBoolean, IsIn, IsInt, IsNotEmpty, IsString, Max, MaxLength, Min } from 'class-validator';
import type { Replies } from '../replies.js';
import type { SourceDefinition } from '../source.js';

/** A natural person in the business registry. */
export class RegisteredPerson {
  @IsString() @IsNotEmpty() name!: string;
  @IsString() @IsNotEmpty() idNumber!: string;
}

/** An owner with a whole share; all shares sum to 100. */
export class RegisteredOwner extends RegisteredPerson {
  @IsInt() @Min(0) @Max(100) sharePercent!: number;
}

/** Business registry, on a firm that it knows. */
export class RegistryReply {
  @IsString() @IsNotEmpty() @MaxLength(200) name!: string;
  @IsIn(['active', 'suspended', 'revoked', 'deregistered']) status!: 'active' | 'suspended' | 'revoked' | 'deregistered';
  @IsCalendarDay() establishedOn!: string;
  @IsString() @IsNotEmpty() @MaxLength(10) industryCode!: string;
  @IsUnsignedMinorUnits() registeredCapitalMinor!: string;
  @IsNested(() => RegisteredPerson) legalRepresentative!: RegisteredPerson;
  @IsCalendarDay() legalRepresentativeSince!: string;
  /** 经营异常名录. */
  @IsBoolean() abnormalListed!: boolean;
  /** 严重违法. */
  @IsBoolean() seriousViolation!: boolean;
  @IsListOf(() => RegisteredOwner, 200) owners!: RegisteredOwner[];
  /** Invoice counterparties that share owners or managers with the firm. */
  @IsArray() @IsString({ each: true }) relatedCounterparties!: string[];
}

/** The registry's 404 is an answer too: there is no firm with this code. */
export const NOT_REGISTERED = { status: 'not_found' } as const;

/** What is kept of the registry. */
export type RegistryBody = RegistryReply | typeof NOT_REGISTERED;

/** The registry's entry of the firm; undefined where the registry has not answered, or knows no such firm. */
export function registeredFirm({ registry }: Pick<Replies, 'registry'>): RegistryReply | undefined {
  return registry && registry.status !== 'not_found' ? registry : undefined;
}

/** What is registered has happened, so an entry with a date that has not come is a fault of the register and no fact (F16). */
function dayToCome(reply: RegistryReply, today: string): string | undefined {
  const early = (['establishedOn', 'legalRepresentativeSince'] as const).find((name) => reply[name] > today);
  return early && `answered with a day of the future as ${early}`;
}

/** The public business registry. */
export const registrySource: SourceDefinition = {
  party: 'registry',
  consents: [],
  maxAgeDays: (freshness) => freshness.registryDays,
  namesPerson: true,
  reply: RegistryReply,
  call: ({ subject }) => ({ method: 'GET', path: `/v1/registry/companies/${encodeURIComponent(subject.uscc)}` }),
  notFound: NOT_REGISTERED,
  unusable: (reply, today) => dayToCome(reply as RegistryReply, today),
};
