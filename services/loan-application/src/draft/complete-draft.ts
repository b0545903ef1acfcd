import type { Disclosure } from '@millrace/contracts';
import type { DraftAnswer, DraftSubmissionAnswer } from '@millrace/contracts/api';
import { Problem } from '@millrace/service';
import { currentTexts } from '../text/published-texts.js';
import { draftEnded } from './advance-draft.js';
import type { DraftFile } from './read-draft.js';

/** Fields that an application cannot do without; everything about them that the product decides is asked at the submission. */
const NEEDED = ['productCode', 'requestedAmountMinor', 'currency', 'tenorMonths', 'repaymentMethod', 'purpose'] as const;
const NEEDED_OF_COMPANY = ['uscc', 'name', 'declaredRevenueMinor', 'industryCode'] as const;

/** Pages that the applicant has ticked in the wording that is in force. */
function ticked({ disclosures }: Pick<DraftFile, 'disclosures'>): Disclosure[] {
  const inForce = new Set(currentTexts('disclosure').map(({ textSha256 }) => textSha256));
  return [...new Set(disclosures.filter(({ textSha256, tickedAt }) => tickedAt !== null && inForce.has(textSha256)).map(({ type }) => type))];
}

function missingFields({ draft: { fields } }: Pick<DraftFile, 'draft'>): string[] {
  return [
    ...NEEDED.filter((name) => fields[name] === undefined),
    ...NEEDED_OF_COMPANY.filter((name) => fields.company?.[name] === undefined).map((name) => `company.${name}`),
  ];
}

/** What a draft still needs: fields, consents of its product, and pages. */
export interface Needs {
  readonly consents: readonly string[];
  readonly pages: readonly string[];
}

/** A draft as whoever fills it in sees it. */
export function draftView(file: DraftFile, needs: Needs): DraftAnswer {
  const { draft, consents, disclosures } = file;
  const { applicationId, status, fields, createdAt, updatedAt, deadlineAt } = draft;
  const standing = new Set<string>(consents.filter(({ withdrawnAt }) => withdrawnAt === null).map(({ type }) => type));
  const seen = new Set<string>(ticked(file));
  const missing = [
    ...missingFields(file),
    ...needs.consents.filter((type) => !standing.has(type)).map((type) => `consents.${type}`),
    ...needs.pages.filter((page) => !seen.has(page)).map((page) => `disclosures.${page}`),
  ];
  return {
    applicationId,
    status,
    fields,
    consents: [...consents],
    disclosures: [...disclosures],
    missing: draft.live ? missing : [],
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    expiresAt: deadlineAt?.toISOString() ?? null,
  };
}

/**
 * What a draft is submitted with, in the form of an application without its people and account: the same checks are then asked of it as of one that comes in one call.
 * @throws Problem `DRAFT_INCOMPLETE` where fields are missing, `WRONG_STATUS` where it has ended without a submission
 */
export function submissionOf(file: DraftFile): DraftSubmissionAnswer {
  const { draft, consents } = file;
  if (!draft.live && draft.status !== 'SUBMITTED') throw draftEnded(draft.status);
  const missing = missingFields(file);
  if (missing.length > 0) throw incomplete(missing);
  const given = consents.flatMap(({ withdrawnAt, ...consent }) => (withdrawnAt === null ? [consent] : []));
  return { ...(draft.fields as Pick<DraftSubmissionAnswer, (typeof NEEDED)[number] | 'company'>), consents: given, disclosuresAcknowledged: ticked(file) };
}

const incomplete = (missing: readonly string[]): Problem =>
  new Problem({
    status: 422,
    code: 'DRAFT_INCOMPLETE',
    title: 'The draft is not complete.',
    detail: `Missing: ${missing.join(', ')}.`,
    errors: missing.map((field) => ({ field, message: 'must not be empty' })),
  });
