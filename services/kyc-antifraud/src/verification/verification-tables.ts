import { DecisionTable } from '@millrace/policy';
import { decideOutcome, type FraudBands, type VerificationDecision } from './decide-outcome.js';
import type { RuleHit, VerificationSignals } from './signals.js';

const TABLES = new URL('../../tables/', import.meta.url);

/** The service's two decision tables: hard rules and fraud rules, edited as data (design §7). */
export class VerificationTables {
  readonly #knockOuts = DecisionTable.fromFile<VerificationSignals, RuleHit[]>(new URL('knock-outs.json', TABLES));
  readonly #fraudRules = DecisionTable.fromFile<VerificationSignals, RuleHit[]>(new URL('fraud-rules.json', TABLES));

  /** SHA-256 of each table, stored with every decision. */
  get hashes(): Readonly<Record<string, string>> {
    return { knockOuts: this.#knockOuts.sha256, fraudRules: this.#fraudRules.sha256 };
  }

  async decide(signals: VerificationSignals, bands: FraudBands): Promise<VerificationDecision> {
    const [knockOuts, fraudHits] = await Promise.all([this.#knockOuts.evaluate(signals), this.#fraudRules.evaluate(signals)]);
    return decideOutcome(knockOuts, fraudHits, bands);
  }
}
