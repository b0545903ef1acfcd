import { contentHash } from '@millrace/contracts';

/** Seals what a person wrote beside a decision: the text may name people and stays with the task, its hash stands in the history (T61, R-OP-06). */
export function commentHash(comment: string | null | undefined): string {
  return contentHash(comment ?? '');
}
