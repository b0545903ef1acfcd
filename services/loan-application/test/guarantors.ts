import { GUARANTOR_CONSENTS, newId, type GuarantorParty } from '@millrace/contracts';
import { consentsOf, nextUscc } from './submission.js';

/** A guarantor as the gateway brings it to the hub: what is agreed, and what kyc-antifraud shows of whom it has recorded. */
export interface GuarantorBody {
  guarantorId: string;
  kind: string;
  limitMinor: string;
  shareBps?: number;
  periodMonths?: number;
  consents: ReturnType<typeof consentsOf>;
  guarantorRecordId: string;
  guarantorRef: string;
  party: GuarantorParty;
  name: string;
  identifier: string;
}

/** A person who stands for the whole loan beside the borrower, up to 400,000; a firm with a code of its own otherwise. */
export function guarantorOf(party: GuarantorParty, submittedAt: Date, change: Partial<GuarantorBody> = {}): GuarantorBody {
  const guarantorId = newId();
  return {
    guarantorId,
    kind: 'joint',
    limitMinor: '40000000',
    consents: consentsOf(submittedAt).filter(({ type }) => (GUARANTOR_CONSENTS[party] as readonly string[]).includes(type)),
    guarantorRecordId: newId(),
    guarantorRef: `G-${guarantorId.replaceAll('-', '').toUpperCase()}`,
    party,
    ...(party === 'person' ? { name: '测**', identifier: '9901**********0027' } : { name: '样例担保有限公司', identifier: nextUscc() }),
    ...change,
  };
}
