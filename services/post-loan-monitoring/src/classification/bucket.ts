import { LOAN_BUCKETS, type LoanBucket } from '@millrace/contracts';

const DAYS_OF_BUCKET = 30;
const LAST_BUCKET = LOAN_BUCKETS.length - 1;

/** Bucket of the arrears by days past due. */
export function bucketOf(dpd: number): LoanBucket {
  return LOAN_BUCKETS[Math.min(LAST_BUCKET, Math.ceil(dpd / DAYS_OF_BUCKET))]!;
}

/** Days past due on which a loan is in another bucket than the day before: 1, 31, 61 … 181. */
export const BUCKET_BEGINS: readonly number[] = Array.from({ length: LAST_BUCKET }, (_, index) => index * DAYS_OF_BUCKET + 1);
