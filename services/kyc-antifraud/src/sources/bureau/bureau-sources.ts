import { IsUnsignedMinorUnits } from '@millrace/contracts';
import { IsBoolean, IsInt, Min, ValidateIf } from 'class-validator';
import { personOf, type SourceDefinition } from '../source.js';

/** Why the bureau is asked (docs/provider-contract.md). */
const PURPOSE = 'loan_approval';

const recordFound = ({ found }: { found: boolean }): boolean => found;

/** Credit bureau, on the legal representative; without a record every figure is null. */
export class PersonalBureauReply {
  @IsBoolean() found!: boolean;
  @ValidateIf(recordFound) @IsBoolean() overdueNow!: boolean | null;
  @ValidateIf(recordFound) @IsInt() @Min(0) maxOverdueDays!: number | null;
}

/** Credit bureau, on the firm. */
export class EnterpriseBureauReply extends PersonalBureauReply {
  @ValidateIf(recordFound) @IsUnsignedMinorUnits() totalDebtMinor!: string | null;
  @ValidateIf(recordFound) @IsUnsignedMinorUnits() unsecuredDebtMinor!: string | null;
  @ValidateIf(recordFound) @IsInt() @Min(0) lenderCount!: number | null;
}

/** The firm's record at the credit bureau. */
export const enterpriseBureauSource: SourceDefinition = {
  party: 'bureau',
  consents: ['C1'],
  maxAgeDays: (freshness) => freshness.enterpriseBureauDays,
  namesPerson: false,
  reply: EnterpriseBureauReply,
  call: ({ subject: { uscc }, queryId, consentId }) => ({
    method: 'PUT',
    path: `/v1/bureau/enterprise-queries/${queryId}`,
    body: { uscc, consentId, purpose: PURPOSE },
  }),
};

/** The legal representative's record at the credit bureau. */
export const personalBureauSource: SourceDefinition = {
  party: 'bureau',
  consents: ['C2'],
  maxAgeDays: (freshness) => freshness.personalBureauDays,
  namesPerson: true,
  reply: PersonalBureauReply,
  call: ({ subject, queryId, consentId }) => {
    const { name, idNumber } = personOf(subject);
    return { method: 'PUT', path: `/v1/bureau/personal-queries/${queryId}`, body: { name, idNumber, consentId, purpose: PURPOSE } };
  },
};
