import { checkDecisionTable, DecisionTable, type KeptPolicy } from '@millrace/policy';
import { decideOutcome, identityForPerson, type VerificationDecision } from './decide-outcome.js';
import { personDecidesIdentity } from './identity-policy.js';
import type { VerificationSignals } from './signals.js';
import type { StoredVerification } from './stored-verification.js';
import { FRAUD_RULES, KNOCK_OUTS } from './table-contracts.js';

const TABLES = new URL('../../tables/', import.meta.url);
const KNOCK_OUTS_FILE = new URL('knock-outs.json', TABLES);
const FRAUD_RULES_FILE = new URL('fraud-rules.json', TABLES);

/** What is wrong with the service's tables, a line each, for its start. */
export async function checkVerificationTables(): Promise<string[]> {
  return [...(await checkDecisionTable(KNOCK_OUTS_FILE, KNOCK_OUTS)), ...(await checkDecisionTable(FRAUD_RULES_FILE, FRAUD_RULES))];
}

/** The service's two decision tables: hard rules and fraud rules, edited as data. */
export class VerificationTables {
  readonly #knockOuts = DecisionTable.fromFile(KNOCK_OUTS_FILE, KNOCK_OUTS);
  readonly #fraudRules = DecisionTable.fromFile(FRAUD_RULES_FILE, FRAUD_RULES);

  /** SHA-256 of each table, stored with every decision. */
  get hashes(): Readonly<Record<'knockOuts' | 'fraudRules', string>> {
    return { knockOuts: this.#knockOuts.sha256, fraudRules: this.#fraudRules.sha256 };
  }

  /** Decides by the signals; whether an unproven identity stops it, or asks a person, depends on the tries before. */
  async decide(
    signals: VerificationSignals,
    tries: Pick<StoredVerification, 'unprovenAt' | 'requestedAt'>,
    { approval, identity }: Pick<KeptPolicy, 'approval' | 'identity'>,
  ): Promise<VerificationDecision> {
    const [knockOuts, fraudHits] = await Promise.all([this.#knockOuts.evaluate(signals), this.#fraudRules.evaluate(signals)]);
    return decideOutcome(knockOuts, personDecidesIdentity(tries, identity) ? identityForPerson(fraudHits) : fraudHits, approval);
  }
}
