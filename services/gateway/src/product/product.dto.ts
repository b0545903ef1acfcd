import { CONSENT_TYPES, DAY_COUNTS, REPAYMENT_METHODS } from '@millrace/contracts';
import { ChoiceField, DayField, MinorUnitsField, ObjectField, TextField, WholeField } from '../openapi/fields.js';

/** A charge beside interest (G-PR-02). */
export class ProductFeeDto {
  @TextField(100) item!: string;
  @TextField(100) payee!: string;
  @TextField(200, { description: 'The charging standard in words.' }) standard!: string;
  @WholeField(0, 10_000, { description: 'Share of the principal in basis points.' }) bps!: number;
  @ChoiceField(['upfront', 'each_instalment']) when!: string;
}

/** A product in force. */
export class ProductDto {
  @TextField(64, { example: 'invoice-loan' }) productCode!: string;
  @WholeField(1, 1_000_000) version!: number;
  @TextField(200) name!: string;
  @TextField(200) nameZh!: string;
  @ChoiceField(['open', 'closed']) status!: string;
  @DayField({ description: 'First business date on which this version takes applications.' }) effectiveFrom!: string;
  @MinorUnitsField() minAmountMinor!: string;
  @MinorUnitsField() maxAmountMinor!: string;
  @MinorUnitsField({ description: 'Requested amounts are whole multiples of this.', example: '10000' }) amountStepMinor!: string;
  @WholeField(1, 600) minTenorMonths!: number;
  @WholeField(1, 600) maxTenorMonths!: number;
  @ChoiceField(REPAYMENT_METHODS, { list: { max: 10 } }) repaymentMethods!: string[];
  @ChoiceField(DAY_COUNTS) dayCount!: string;
  @ChoiceField(CONSENT_TYPES, { list: { max: 20 } }) requiredConsents!: string[];
  @ObjectField(() => ProductFeeDto, { list: { max: 50 } }) fees!: ProductFeeDto[];
}

export class ProductListDto {
  @ObjectField(() => ProductDto, { list: { max: 1_000 } }) items!: ProductDto[];
}
