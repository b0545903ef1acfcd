import type { ConsentRef, ConsentType } from '@millrace/contracts';
import type { FreshnessParameters } from '@millrace/policy';
import type { ProviderRequest } from '@millrace/service';
import type { Applicant } from '../applicant/applicant.js';
import type { Guarantor } from '../guarantor/guarantor-record.js';
import type { Replies } from './replies.js';

/** Whom a source is asked about: of a verification what requests are made of. */
export interface SourceSubject {
  readonly applicationId: string;
  readonly uscc: string;
  /** The person who is asked about; null where a firm stands for a loan, of which no person is asked. */
  readonly applicant: Applicant | null;
  /** Set where one is asked about who is to stand for the loan, and not the firm. */
  readonly guarantorId?: string;
  /** Who is to stand for the loan, and is screened with the firm. */
  readonly guarantors?: readonly Guarantor[];
  readonly consents: readonly ConsentRef[];
  readonly requestedAt: Date;
  readonly policyVersion: string;
}

/** The person of a question that is only asked about persons. */
export function personOf({ applicant }: Pick<SourceSubject, 'applicant'>): Applicant {
  if (!applicant) throw new Error('a firm is no person who can be asked about');
  return applicant;
}

/** What a request may be made of. */
export interface Question {
  readonly subject: SourceSubject;
  /** Our own id of the query: path and idempotency key, so that a repeat is the same query. */
  readonly queryId: string;
  readonly consentId: string | null;
  /** What other sources have said. */
  readonly replies: Replies;
}

/** Everything that this service knows of one query of an outside party. A folder of `sources` has all queries of one party. */
export interface SourceDefinition {
  /** The party that answers, by the name that docs/provider-contract.md and the sandbox's faults have for it. */
  readonly party: string;
  /**
   * Consents that must be recorded before it is asked, the one that the query names last (G-CB-01, G-CB-02, G-PI-02, R-LG-03). Public registers and the
   * screening that anti-money-laundering law demands (G-AM-04) need none.
   */
  readonly consents: readonly ConsentType[];
  /** How old a stored answer may be that something is decided by (M-AP-12). */
  readonly maxAgeDays: (freshness: FreshnessParameters) => number;
  /** Whether a reply may name a person, and is encrypted where it is stored. */
  readonly namesPerson: boolean;
  /** What an answer must look like; anything else is no answer. */
  readonly reply: new () => object;
  readonly call: (question: Question) => ProviderRequest;
  /** What a 404 says, where it is an answer and no failure. */
  readonly notFound?: object;
  /** Why a well-formed answer cannot be used on this business date, e.g. because it tells of a day that has not come; undefined where it can. */
  readonly unusable?: (reply: object, today: string) => string | undefined;
}
