import { serviceConfig, Setting } from '@millrace/service';
import { IsInt, IsString, IsUrl, Matches, Max, Min, ValidateIf } from 'class-validator';

/** Settings of kyc-antifraud; the only place of this service that reads them. `MILLRACE_FIELD_KEYS` must be set: it keeps personal data. */
export class KycAntifraudConfig extends serviceConfig('kyc-antifraud') {
  @Setting({
    env: 'MILLRACE_PROVIDERS_URL',
    description: 'Base address of registry, identity, bureau, tax, invoice, watchlist and court providers.',
    default: 'http://127.0.0.1:8090',
  })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'] })
  providersUrl!: string;

  @Setting({
    env: 'MILLRACE_KYC_SOURCE_TIMEOUT_MS',
    description: 'How long a source may take to answer, in milliseconds; the same query is asked again later.',
    default: 10_000,
  })
  @IsInt()
  @Min(50)
  @Max(60_000)
  sourceTimeoutMs!: number;

  @Setting({
    env: 'MILLRACE_KYC_EVIDENCE_STORE',
    description:
      'Where uploaded files are kept, encrypted: a directory, or the address of a bucket in an S3-compatible store, https://HOST/BUCKET. ' +
      'Several instances need a bucket, or one directory that they share.',
    default: 'evidence',
  })
  @IsString()
  evidenceStore!: string;

  @Setting({
    env: 'MILLRACE_KYC_EVIDENCE_STORE_KEY',
    description: 'Key of the bucket as ID:SECRET; needed where MILLRACE_KYC_EVIDENCE_STORE is one.',
    secret: true,
    optional: true,
  })
  @ValidateIf(({ evidenceStore, evidenceStoreKey }: KycAntifraudConfig) => evidenceStore.startsWith('http') || evidenceStoreKey !== undefined)
  @Matches(/^[^:]+:.+$/, { message: 'must be ID:SECRET, as MILLRACE_KYC_EVIDENCE_STORE names a bucket' })
  evidenceStoreKey?: string;

  @Setting({
    env: 'MILLRACE_KYC_CLAMD',
    description: 'Address of clamd, HOST:PORT, which scans uploaded files; without it they are kept as unscanned. Its StreamMaxLength must be 10 MiB or more.',
    optional: true,
  })
  @Matches(/^[\w.-]+:\d{1,5}$/, { message: 'must be HOST:PORT' })
  clamdAddress?: string;
}
