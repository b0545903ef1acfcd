import type { FieldCipher, LendingService, SealedRecords } from '@millrace/service';
import type { Installation } from '../installation/installation.js';

/** A service that keeps personal data, with the tables that it is in and the keys that it is under. */
export interface SealedService {
  readonly service: LendingService;
  readonly records: readonly SealedRecords[];
  readonly cipher: FieldCipher;
}

/** Services of the installation that keep personal data. */
export async function sealedServices(installation: Installation): Promise<SealedService[]> {
  const found: SealedService[] = [];
  for (const service of installation.services) {
    const { sealedRecords } = await installation.definition(service);
    if (sealedRecords.length > 0) found.push({ service, records: sealedRecords, cipher: installation.fieldCipher(service) });
  }
  return found;
}
