import { isCommittee, type CommitteeKind } from '@millrace/service';
import { CLAIM_TRANSFER } from '../claim-transfer/transfer.task.js';
import { RESTRUCTURING } from '../restructuring/restructuring.task.js';
import { WRITE_OFF } from '../write-off/write-off.task.js';

/** What committees decide about loans. */
export const COMMITTEE_KINDS: ReadonlyMap<string, CommitteeKind> = new Map(
  [RESTRUCTURING, WRITE_OFF, CLAIM_TRANSFER].filter(isCommittee).map((kind) => [kind.kind, kind]),
);
