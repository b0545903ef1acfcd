import type { ConsentType, DayCount, FloatingRateClause, RepaymentMethod } from '@millrace/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A charge beside interest, by item, standard and payee (G-PR-02): in the lender's words, and where it gave them, in its Chinese words beside them. */
export interface ProductFee {
  readonly item: string;
  readonly itemZh?: string;
  readonly payee: string;
  readonly payeeZh?: string;
  /** The charging standard in words. */
  readonly standard: string;
  readonly standardZh?: string;
  /** Share of the principal. */
  readonly bps: number;
  readonly when: 'upfront' | 'each_instalment';
}

/** What a floating rate follows, and when; its spread is what the price of the borrower's risk is above it on the day of the contract. */
export type FloatingRateTerms = Pick<FloatingRateClause, 'tenor' | 'repricesOn'>;

/** A column that is null is a field that is not there: the hash of a product of before names no such field. */
const ABSENT = { to: (value: unknown) => value, from: (value: unknown) => value ?? undefined };

/** One version of a product; amounts in fen as decimal strings. */
@Entity('product')
export class Product {
  @PrimaryColumn({ type: 'text', name: 'product_code' }) productCode!: string;
  @PrimaryColumn({ type: 'int' }) version!: number;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'text', name: 'name_zh' }) nameZh!: string;
  @Column({ type: 'text' }) status!: 'open' | 'closed';
  /** First business date on which the version takes applications. */
  @Column({ type: 'date', name: 'effective_from' }) effectiveFrom!: string;
  @Column({ type: 'bigint', name: 'min_amount_minor' }) minAmountMinor!: string;
  @Column({ type: 'bigint', name: 'max_amount_minor' }) maxAmountMinor!: string;
  /** Requested amounts are whole multiples of this. */
  @Column({ type: 'bigint', name: 'amount_step_minor' }) amountStepMinor!: string;
  @Column({ type: 'int', name: 'min_tenor_months' }) minTenorMonths!: number;
  @Column({ type: 'int', name: 'max_tenor_months' }) maxTenorMonths!: number;
  @Column({ type: 'text', array: true, name: 'repayment_methods' }) repaymentMethods!: RepaymentMethod[];
  @Column({ type: 'text', name: 'day_count' }) dayCount!: DayCount;
  @Column({ type: 'text', array: true, name: 'required_consents' }) requiredConsents!: ConsentType[];
  @Column({ type: 'jsonb' }) fees!: ProductFee[];
  /** How the rate floats; absent where it is fixed for the whole term. */
  @Column({ type: 'jsonb', name: 'floating_rate', nullable: true, transformer: ABSENT }) floatingRate?: FloatingRateTerms;
  /** How many have to stand for the loan at least; absent where nobody has to. */
  @Column({ type: 'int', name: 'min_guarantors', nullable: true, transformer: ABSENT }) minGuarantors?: number;
}

/** What an application keeps of its product for good: a later version does not change it. */
export type ProductTerms = Pick<Product, 'minAmountMinor' | 'maxAmountMinor' | 'dayCount' | 'fees' | 'floatingRate'>;
