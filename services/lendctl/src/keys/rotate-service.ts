import { checkFieldKeys } from '@millrace/service';
import { Progress } from '../command/progress.js';
import { recordAction } from '../command/record-action.js';
import type { Installation } from '../installation/installation.js';
import { dueCondition } from './count-keys.js';
import { rotateKeys, type Rotation } from './rotate-keys.js';
import type { SealedService } from './sealed-services.js';

/** Changes the keys of one service's data, with its place in the audit trail (R-OP-09). */
export async function rotateService(
  installation: Installation,
  { service, records, cipher }: SealedService,
  by: string,
  say: (text: string) => void,
): Promise<Rotation> {
  const pool = installation.pool(service);
  await checkFieldKeys(pool, service, records, cipher);
  const progress = new Progress(service, say);
  for (const table of records) {
    const sql = `select count(*) as due from ${table.table} where ${dueCondition(table).replaceAll('$2', '$1')}`;
    progress.total += Number((await installation.rows<{ due: string }>(service, sql, [`${cipher.currentKeyId}.%`]))[0]!.due);
  }
  const action = { command: 'keys rotate', parameters: { keyId: cipher.currentKeyId, records: progress.total }, by };
  return recordAction(installation, service, action, () => rotateKeys(pool, records, cipher, progress));
}
