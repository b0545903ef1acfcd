import { nameSha256, type CorrectedField, type CorrectedValue } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import type { ApplicationPatch, Correction } from '../application/application-change.js';
import type { Application } from '../application/application.entity.js';
import type { CorrectionsDto } from './supplement.dto.js';

/** What a correction is: the columns that it sets, and what is kept and told of it; undefined where what is sent is what is declared already. */
export interface Corrected {
  readonly patch: ApplicationPatch;
  /** As it is kept here, with the names of the firm. */
  readonly values: readonly CorrectedValue[];
  readonly told: Correction;
}

const INSERT = 'insert into correction (correction_id, application_id, occasion, corrected, corrected_by, corrected_at) values ($1, $2, $3, $4, $5, $6)';

/** A name is told as its hash: the firm of a trader bears the trader's name. */
const toldValue = ({ field, before, after }: CorrectedValue): CorrectedValue =>
  field === 'companyName' ? { field, before: nameSha256(before), after: nameSha256(after) } : { field, before, after };

/** Holds what an applicant corrects against what it has declared. */
export function correctedOf(
  application: Pick<Application, CorrectedField>,
  corrections: CorrectionsDto | undefined,
  { correctionId, occasion }: Pick<Correction, 'correctionId' | 'occasion'>,
): Corrected | undefined {
  const values = (Object.entries(corrections ?? {}) as [CorrectedField, string | undefined][])
    .filter(([field, after]) => after !== undefined && after !== application[field])
    .map(([field, after]) => ({ field, before: application[field], after: after! }));
  if (values.length === 0) return undefined;
  return {
    patch: Object.fromEntries(values.map(({ field, after }) => [field, after])),
    values,
    told: { correctionId, occasion, corrected: values.map(toldValue) },
  };
}

/** Keeps a correction with what was declared before it, in the transaction of the step that it belongs to. */
export async function keepCorrection(tx: EventTransaction, applicationId: string, { told, values }: Corrected, by: string, now: Date): Promise<void> {
  await tx.query(INSERT, [told.correctionId, applicationId, told.occasion, JSON.stringify(values), by, now]);
}
