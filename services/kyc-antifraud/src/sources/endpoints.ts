import type { ProviderRequest } from '@millrace/service';
import type { Source } from '../verification/consent-policy.js';
import type { StoredVerification } from '../verification/stored-verification.js';
import {
  CourtsReply,
  EnterpriseBureauReply,
  IdentityReply,
  InvoiceOrderReply,
  PersonalBureauReply,
  RegistryReply,
  TaxReply,
  WatchlistReply,
} from './replies.js';

/** How one source is asked, and what its answer must look like. */
interface Endpoint {
  readonly reply: new () => object;
  readonly call: (verification: StoredVerification, queryId: string, consentId: string | null) => ProviderRequest;
}

const person = ({ applicant }: StoredVerification): { name: string; idNumber: string } => ({ name: applicant.name, idNumber: applicant.idNumber });

/** Requests of docs/provider-contract.md; the query id is path and idempotency key, so a repeat is the same query. */
export const ENDPOINTS: Readonly<Record<Source, Endpoint>> = {
  identity: {
    reply: IdentityReply,
    call: (verification, queryId, consentId) => ({
      method: 'PUT',
      path: `/identity/verifications/${queryId}`,
      body: { ...person(verification), mobile: verification.applicant.mobile, deviceFingerprint: verification.applicant.deviceFingerprint, consentId },
    }),
  },
  registry: { reply: RegistryReply, call: ({ uscc }, queryId) => ({ method: 'PUT', path: `/registry/queries/${queryId}`, body: { uscc } }) },
  tax: { reply: TaxReply, call: ({ uscc }, queryId, consentId) => ({ method: 'PUT', path: `/tax/queries/${queryId}`, body: { uscc, consentId } }) },
  invoices: {
    reply: InvoiceOrderReply,
    call: ({ uscc }, queryId, consentId) => ({ method: 'PUT', path: `/invoices/orders/${queryId}`, body: { uscc, consentId } }),
  },
  watchlist: {
    reply: WatchlistReply,
    call: (verification, queryId) => ({ method: 'PUT', path: `/watchlists/screenings/${queryId}`, body: { uscc: verification.uscc, ...person(verification) } }),
  },
  courts: {
    reply: CourtsReply,
    call: (verification, queryId) => ({ method: 'PUT', path: `/courts/queries/${queryId}`, body: { uscc: verification.uscc, ...person(verification) } }),
  },
  enterprise_bureau: {
    reply: EnterpriseBureauReply,
    call: ({ uscc }, queryId, consentId) => ({ method: 'PUT', path: `/bureau/enterprise-queries/${queryId}`, body: { uscc, consentId } }),
  },
  personal_bureau: {
    reply: PersonalBureauReply,
    call: (verification, queryId, consentId) => ({ method: 'PUT', path: `/bureau/personal-queries/${queryId}`, body: { ...person(verification), consentId } }),
  },
};
