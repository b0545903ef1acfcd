import type { FactoryProvider } from '@nestjs/common';
import { KycAntifraudConfig } from '../config.js';
import { DirectoryStore } from './directory-store.js';
import { EvidenceStore } from './evidence-store.js';
import { S3Store } from './s3-store.js';

const STORE_TIMEOUT_MS = 5_000;

/** The store that the settings name. */
export const openEvidenceStore: FactoryProvider<EvidenceStore> = {
  provide: EvidenceStore,
  inject: [KycAntifraudConfig],
  useFactory: ({ evidenceStore, evidenceStoreKey }: KycAntifraudConfig) =>
    evidenceStore.startsWith('http') ? new S3Store(evidenceStore, evidenceStoreKey ?? '', STORE_TIMEOUT_MS) : new DirectoryStore(evidenceStore),
};
