import type { Stage } from '../stage/stage.js';
import type { Check } from './check.js';
import type { AlwaysHeld } from './always-held.js';

/** What a scenario acts with. */
export interface Scene {
  readonly stage: Stage;
  readonly check: Check;
  /** What every scenario holds at its end; told of each application that the scenario made. */
  readonly alwaysHeld: AlwaysHeld;
  /** Says where the scenario is, for the person who looks on. */
  readonly step: (what: string) => void;
}

/** An acceptance scenario, or a part of one that can be played by itself. */
export interface Scenario {
  /** `S01`, or `S10.a` for a part of `S10`. */
  readonly id: string;
  readonly title: string;
  /** Scorecard that the lender decides by: the product's own, or the one of the scenarios' test vectors where a vector names the score itself. */
  readonly scorecard: 'product' | 'vector';
  /** Day on which its clock starts, where what it tells holds only from a later release of the policy on. */
  readonly startsOn?: string;
  play(scene: Scene): Promise<void>;
}

/** A scenario, or a part of one, whose capabilities do not exist yet. */
export interface NotBuilt {
  readonly id: string;
  readonly title: string;
}
