import { CONSENT_TYPES, DISCLOSURES, IsMobileNumber, IsResidentId, IsUscc, REPAYMENT_METHODS } from '@millrace/contracts';
import { ChoiceField, FormField, IdField, InstantField, MinorUnitsField, ObjectField, Sha256Field, TextField, WholeField } from '../openapi/fields.js';

const PURPOSES = ['working_capital', 'purchase', 'equipment', 'rent', 'payroll'] as const;

/** The firm that borrows. */
export class CompanyDto {
  @FormField(/^[0-9A-Z]{18}$/, '18 digits and capital letters', {
    description: 'Unified social credit code (GB 32100); one with a wrong structure or check character is refused.',
    example: '91990100MA0TE00010',
  })
  @IsUscc()
  uscc!: string;
  @TextField(200) name!: string;
  @MinorUnitsField({ description: 'Revenue of the last 12 months in fen.', example: '480000000' }) declaredRevenueMinor!: string;
  @FormField(/^([A-Z]\d{0,4}|\d{1,4})$/, 'a GB/T 4754 code, such as C13 or 5173', { example: 'F51' }) industryCode!: string;
}

/** The person who signs for the firm; goes to kyc-antifraud alone, and nowhere else. */
export class LegalRepresentativeDto {
  @TextField(60) name!: string;
  @FormField(/^\d{17}[\dX]$/, '18 characters: 17 digits and a digit or X', {
    description: 'Resident id number (GB 11643); one with a wrong check digit or date of birth is refused.',
  })
  @IsResidentId()
  idNumber!: string;
  @FormField(/^1[3-9]\d{9}$/, 'a mainland mobile number of 11 digits') @IsMobileNumber() mobile!: string;
}

/** What the partner's front end saw of the device (R-AP-10). */
export class DeviceDto {
  @TextField(200) fingerprint!: string;
  @WholeField(0, 86_400, { description: 'Seconds from the first to the last keystroke of the form.', example: 240 }) formFillSeconds!: number;
}

/** Account that the loan is to be paid to; goes to disbursement alone. */
export class BankAccountDto {
  @TextField(120, { description: 'Name of the account’s holder, as the bank has it.' }) accountName!: string;
  @FormField(/^\d{8,32}$/, '8 to 32 digits') accountNumber!: string;
}

/** One consent, given by itself and with its own text (R-LE-01). */
export class ConsentDto {
  @IdField() consentId!: string;
  @ChoiceField(CONSENT_TYPES) type!: string;
  @TextField(40, { example: 'consent-C1.v1', description: 'Version of the text: that of `GET /v1/consent-texts`, or the partner’s own name of its own text.' })
  textVersion!: string;
  @Sha256Field({ description: 'SHA-256 of the text that was agreed to.' }) textSha256!: string;
  @InstantField() grantedAt!: string;
}

/** An application. Its form is checked here, before anything of it is stored anywhere; what the product allows is loan-application's to say. */
export class SubmitApplicationDto {
  @TextField(64, { example: 'invoice-loan' }) productCode!: string;
  @FormField(/^-?\d{1,18}(\.\d{1,18})?$/, 'an amount in fen as a string', { description: 'A whole, positive number of fen.', example: '30000000' })
  requestedAmountMinor!: string;
  @FormField(/^[A-Z]{3}$/, 'three capital letters', { example: 'CNY' }) currency!: string;
  @WholeField(0, 10_000, { example: 12 }) tenorMonths!: number;
  @ChoiceField(REPAYMENT_METHODS) repaymentMethod!: string;
  @ChoiceField(PURPOSES) purpose!: string;
  @ObjectField(() => CompanyDto) company!: CompanyDto;
  @ObjectField(() => LegalRepresentativeDto) legalRepresentative!: LegalRepresentativeDto;
  @ObjectField(() => DeviceDto, { optional: true }) device?: DeviceDto;
  @ObjectField(() => BankAccountDto) bankAccount!: BankAccountDto;
  @ObjectField(() => ConsentDto, { list: { max: 20 } }) consents!: ConsentDto[];
  @ChoiceField(DISCLOSURES, { list: { max: 10 }, description: 'Pages that the applicant has seen and ticked (R-AP-12).' }) disclosuresAcknowledged!: string[];
}
