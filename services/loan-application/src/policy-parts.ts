import { contentHash } from '@millrace/contracts';
import type { PolicyParts } from '@millrace/policy';
import { ApprovalMatrix, keepApprovalMatrix } from './approval/approval-matrix.js';
import { EntryKnockOuts, keepEntryKnockOuts } from './entry/entry-knock-outs.js';
import { RELEASED_TEMPLATES } from './contract/released-templates.js';
import { SHIPPED_PRODUCTS } from './product/shipped-products.js';
import { RELEASED_TEXTS } from './text/released-texts.js';

const within = (folder: string, hashes: PolicyParts): PolicyParts =>
  Object.fromEntries(Object.entries(hashes).map(([name, sha256]) => [`loan-application/${folder}/${name}`, sha256]));

/** What of a release of the policy is this service's: the approval matrix, the entry table, templates of contracts, texts that applicants are shown, and shipped products. */
export function policyParts(): PolicyParts {
  return {
    ...within('tables', { 'approval-matrix': new ApprovalMatrix().sha256, 'entry-knock-outs': new EntryKnockOuts().sha256 }),
    ...within('templates', RELEASED_TEMPLATES),
    ...within('texts', RELEASED_TEXTS),
    ...within('products', Object.fromEntries(SHIPPED_PRODUCTS.map((product) => [`${product.productCode}.v${product.version}`, contentHash(product)]))),
  };
}

/** Keeps what a release names of this service and later versions replace; answers the files that are new. */
export const keepParts = (): string[] => [...keepApprovalMatrix(), ...keepEntryKnockOuts()];
