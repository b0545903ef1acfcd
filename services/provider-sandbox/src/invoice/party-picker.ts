import type { TradeProfile } from '../profile/firm-profile.js';
import type { SeededDraw } from '../profile/seeded-draw.js';

const CIRCULAR_BUYERS = 3;

/** Chooses the buyer of each sale so that the largest buyer and the circular ones (who sell to the firm too) get their share of the amount. */
export class PartyPicker {
  /** Buyers that also sell to the firm. */
  readonly circular: readonly string[];
  readonly #ordinary: readonly string[];
  #totalMinor = 0;
  #topMinor = 0;
  #circularMinor = 0;

  constructor(
    private readonly draw: SeededDraw,
    private readonly trade: TradeProfile,
  ) {
    const buyers = Array.from({ length: trade.buyerCount }, (_, at) => `C${String(at + 2).padStart(4, '0')}`);
    this.circular = trade.circularShareBps > 0 ? Array.from({ length: CIRCULAR_BUYERS }, (_, at) => `D${String(at + 1).padStart(4, '0')}`) : [];
    this.#ordinary = buyers;
  }

  /** Buyer of a sale of this amount. */
  next(amountMinor: number): string {
    this.#totalMinor += amountMinor;
    if (this.#isDue(this.#circularMinor, amountMinor, this.trade.circularShareBps)) {
      this.#circularMinor += amountMinor;
      return this.draw.pick(this.circular);
    }
    if (this.#isDue(this.#topMinor, amountMinor, this.trade.topBuyerShareBps)) {
      this.#topMinor += amountMinor;
      return 'C0001';
    }
    return this.ordinary();
  }

  /** A buyer that is neither. */
  ordinary(): string {
    return this.draw.pick(this.#ordinary);
  }

  /** Half an invoice on either side of the share, so that it is met in the middle. */
  #isDue(soFarMinor: number, amountMinor: number, shareBps: number): boolean {
    return shareBps > 0 && soFarMinor + amountMinor / 2 <= (this.#totalMinor * shareBps) / 10_000;
  }
}
