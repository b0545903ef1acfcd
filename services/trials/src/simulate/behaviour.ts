import { seededRandom } from '@millrace/metrics';

/** What one applicant will do, and how its bank account is. */
export interface Behaviour {
  /** What becomes of an offer; one that is ignored expires. */
  readonly offer: 'accept' | 'decline' | 'ignore';
  /** Whether the contract is signed; one that is not expires. */
  readonly signs: boolean;
  /** Withdraws at some moment before the money is ordered. */
  readonly withdraws: boolean;
  /** What comes back of the money. */
  readonly repays: 'nothing' | 'a part' | 'everything';
  /** Last four digits of the account, by which the bank decides (docs/provider-contract.md); undefined for the firm's own. */
  readonly accountEnding: string | undefined;
  /** A payment officer orders a payout anew once before it is given up. */
  readonly payoutOrders: number;
}

/** Refused at once, refused after a minute, paid after a minute. */
const ODD_ENDINGS = ['9001', '9005', '9004'] as const;

/** The behaviour of every applicant of a seed. */
export function behaviours(seed: number, count: number): Behaviour[] {
  const random = seededRandom(seed);
  const chance = (share: number): boolean => random() < share;
  return Array.from({ length: count }, () => ({
    offer: chance(0.85) ? 'accept' : chance(0.5) ? 'decline' : 'ignore',
    signs: chance(0.95),
    withdraws: chance(0.06),
    repays: chance(0.4) ? 'everything' : chance(0.5) ? 'a part' : 'nothing',
    accountEnding: chance(0.25) ? ODD_ENDINGS[Math.floor(random() * ODD_ENDINGS.length)] : undefined,
    payoutOrders: chance(0.5) ? 2 : 1,
  }));
}
