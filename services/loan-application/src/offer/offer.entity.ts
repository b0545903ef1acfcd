import type { RepaymentMethod } from '@millrace/contracts';
import type { ShownDisclosureAnswer } from '@millrace/contracts/api';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CostSheetView } from './make-offer.js';

/** The offer of an application, as it was issued, shown and accepted. */
@Entity('offer')
export class Offer {
  @PrimaryColumn({ type: 'uuid', name: 'offer_id' }) offerId!: string;
  @Column({ type: 'uuid', name: 'application_id' }) applicationId!: string;
  @Column({ type: 'bigint', name: 'amount_minor' }) amountMinor!: string;
  @Column({ type: 'int', name: 'rate_bps' }) rateBps!: number;
  @Column({ type: 'int', name: 'effective_annual_rate_bps' }) effectiveAnnualRateBps!: number;
  @Column({ type: 'int', name: 'tenor_months' }) tenorMonths!: number;
  @Column({ type: 'text', name: 'repayment_method' }) repaymentMethod!: RepaymentMethod;
  @Column({ type: 'jsonb', name: 'cost_sheet' }) costSheet!: CostSheetView;
  @Column({ type: 'timestamptz', name: 'issued_at' }) issuedAt!: Date;
  @Column({ type: 'timestamptz', name: 'expires_at' }) expiresAt!: Date;
  /** First time that the applicant's side fetched the cost sheet (G-PR-02: before signing). */
  @Column({ type: 'timestamptz', name: 'shown_at', nullable: true }) shownAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'accepted_at', nullable: true }) acceptedAt!: Date | null;
  /** Pages with the texts that were in force at the acceptance; null before it, and for one of before the record (R-AP-12). */
  @Column({ type: 'jsonb', name: 'shown_disclosures', nullable: true }) shownDisclosures!: ShownDisclosureAnswer[] | null;
}
