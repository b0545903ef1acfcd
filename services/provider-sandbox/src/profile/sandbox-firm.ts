import type { FirmRecord } from './firm-record.js';

/** A firm that the outside parties know, wherever it comes from. */
export interface SandboxFirm {
  readonly firmId: string;
  readonly source: 'generated' | 'data';
  /** Name of the data folder's set; null for a made firm. */
  readonly dataSet: string | null;
  readonly uscc: string;
  readonly record: FirmRecord;
  /** When it was made; a firm of a data folder was always there. */
  readonly madeAt?: Date;
  /** Label of the data folder, where it has one; it never enters a provider's answer. */
  readonly defaulted?: boolean;
}

/** What an applicant would know of itself. */
export interface FirmItem {
  readonly firmId: string;
  readonly source: 'generated' | 'data';
  readonly dataSet: string | null;
  readonly uscc: string;
  readonly name: string;
  readonly legalRepresentative: FirmRecord['legalRepresentative'];
  readonly bankAccount: FirmRecord['bankAccount'];
  readonly declaredRevenueMinor: string;
  readonly industryCode: string;
  readonly requestedAmountMinor: string;
  readonly tenorMonths: number;
  readonly defaulted?: boolean;
}

export function firmItem({ firmId, source, dataSet, uscc, record, defaulted }: SandboxFirm): FirmItem {
  const { name, legalRepresentative, bankAccount, declaredRevenueMinor, industryCode, requestedAmountMinor, tenorMonths } = record;
  const label = defaulted === undefined ? {} : { defaulted };
  return {
    firmId,
    source,
    dataSet,
    uscc,
    name,
    legalRepresentative,
    bankAccount,
    declaredRevenueMinor,
    industryCode,
    requestedAmountMinor,
    tenorMonths,
    ...label,
  };
}
