import type { EvidenceAnswer } from '@millrace/contracts/api';

/** What a step of a process of the hub may rest on: what the API describes, since whatever else a step recorded would be cut off there. */
export type StepEvidence = { readonly [Name in keyof EvidenceAnswer]?: EvidenceAnswer[Name] | undefined };
