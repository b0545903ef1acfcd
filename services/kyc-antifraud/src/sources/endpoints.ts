import type { ProviderRequest } from '@millrace/service';
import type { Source } from '../verification/consent-policy.js';
import type { StoredVerification } from '../verification/stored-verification.js';
import {
  CourtsReply,
  EnterpriseBureauReply,
  IdentityReply,
  InvoiceOrderReply,
  NOT_REGISTERED,
  PersonalBureauReply,
  RegistryReply,
  TaxReply,
  WatchlistReply,
  type Replies,
} from './replies.js';
import { screeningSubjects } from './screening-subjects.js';

/** Why the bureau is asked (docs/provider-contract.md). */
const PURPOSE = 'loan_approval';

/** What a request may be made of. */
export interface Question {
  readonly verification: StoredVerification;
  /** Our own id of the query: path and idempotency key, so that a repeat is the same query. */
  readonly queryId: string;
  readonly consentId: string | null;
  /** What other sources have said. */
  readonly replies: Replies;
}

/** How one source is asked, and what its answer must look like. */
interface Endpoint {
  readonly reply: new () => object;
  readonly call: (question: Question) => ProviderRequest;
  /** What a 404 says, where it is an answer and no failure. */
  readonly notFound?: object;
}

const person = ({ applicant }: StoredVerification): { name: string; idNumber: string } => ({ name: applicant.name, idNumber: applicant.idNumber });

/** Requests of docs/provider-contract.md. Public registers are read; whatever is asked about a consent is put under our own id. */
export const ENDPOINTS: Readonly<Record<Source, Endpoint>> = {
  identity: {
    reply: IdentityReply,
    call: ({ verification, queryId, consentId }) => {
      const { mobile, deviceFingerprint } = verification.applicant;
      const device = deviceFingerprint === null ? {} : { deviceFingerprint };
      return {
        method: 'PUT',
        path: `/v1/identity/verifications/${queryId}`,
        body: { ...person(verification), mobile, uscc: verification.uscc, ...device, consentId },
      };
    },
  },
  registry: {
    reply: RegistryReply,
    call: ({ verification }) => ({ method: 'GET', path: `/v1/registry/companies/${encodeURIComponent(verification.uscc)}` }),
    notFound: NOT_REGISTERED,
  },
  tax: {
    reply: TaxReply,
    call: ({ verification: { uscc }, queryId, consentId }) => ({ method: 'PUT', path: `/v1/tax/queries/${queryId}`, body: { uscc, consentId } }),
  },
  invoices: {
    reply: InvoiceOrderReply,
    call: ({ verification: { uscc }, queryId, consentId }) => ({ method: 'PUT', path: `/v1/invoices/orders/${queryId}`, body: { uscc, consentId } }),
  },
  watchlist: {
    reply: WatchlistReply,
    call: ({ verification, queryId, replies }) => ({
      method: 'PUT',
      path: `/v1/watchlists/screenings/${queryId}`,
      body: { subjects: screeningSubjects(verification, replies) },
    }),
  },
  courts: {
    reply: CourtsReply,
    call: ({ verification }) => ({ method: 'GET', path: `/v1/courts/enforcements/${encodeURIComponent(verification.uscc)}` }),
  },
  enterprise_bureau: {
    reply: EnterpriseBureauReply,
    call: ({ verification: { uscc }, queryId, consentId }) => ({
      method: 'PUT',
      path: `/v1/bureau/enterprise-queries/${queryId}`,
      body: { uscc, consentId, purpose: PURPOSE },
    }),
  },
  personal_bureau: {
    reply: PersonalBureauReply,
    call: ({ verification, queryId, consentId }) => ({
      method: 'PUT',
      path: `/v1/bureau/personal-queries/${queryId}`,
      body: { ...person(verification), consentId, purpose: PURPOSE },
    }),
  },
};
