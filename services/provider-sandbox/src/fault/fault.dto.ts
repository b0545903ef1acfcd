import { IsIn, IsISO8601, IsInt, IsUrl, Max, Min } from 'class-validator';
import { Settable } from '../profile/profile-rules.js';

/** Parties that a fault can be switched on for, and whose calls are counted. */
export const PROVIDERS = [
  'registry',
  'identity',
  'bureau',
  'tax',
  'invoices',
  'watchlists',
  'courts',
  'bank',
  'accounts',
  'debits',
  'refunds',
  'statement',
  'notices',
  'filings',
  'dispute-marks',
  'court-filings',
  'court-news',
  'esign',
] as const;
export type Provider = (typeof PROVIDERS)[number];

export const FAULT_KINDS = ['latency', 'error', 'outage', 'timeout_after_success', 'late_callback'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const MAX_LATENCY_MS = 86_400_000;

/** Body of `PUT /sandbox/faults/{provider}`. */
export class PutFaultDto {
  @IsIn(FAULT_KINDS) kind!: FaultKind;
  @Settable() @IsInt() @Min(0) @Max(MAX_LATENCY_MS) latencyMs?: number;
  /** Only so many calls, then the fault is over. */
  @Settable() @IsInt() @Min(1) @Max(1_000_000) count?: number;
  /** An instant after which the fault is over. */
  @Settable() @IsISO8601({ strict: true }) until?: string;
  /** Only every n-th call. */
  @Settable() @IsInt() @Min(1) @Max(1_000_000) everyNth?: number;
  @Settable() @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] }) callbackUrl?: string;
}
