import { COLLECTION_STAGES, type CollectionStage } from '@millrace/contracts';
import type { CollectionParameters } from '@millrace/policy';

/** What of a loan says how its arrears are pursued. */
export interface Arrears {
  readonly dpd: number;
  /** Its claim is kept beside the books. */
  readonly isWrittenOff: boolean;
}

/** How the arrears of a loan are pursued; null where it has none (M-CO-01). */
export function collectionStageOf({ dpd, isWrittenOff }: Arrears, { stageFromDpd }: Pick<CollectionParameters, 'stageFromDpd'>): CollectionStage | null {
  if (isWrittenOff) return 'C6';
  const stage = stageFromDpd.findLastIndex((from) => dpd >= from);
  return COLLECTION_STAGES[stage] ?? null;
}
