import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ZenEngine, type ZenDecision } from '@gorules/zen-engine';

/** A decision table in the open JDM format: rules that risk officers edit as data (design §7). */
export class DecisionTable<Input extends object, Output> {
  /** SHA-256 (hex) of the file, stored with every decision it made. */
  readonly sha256: string;
  readonly #decision: ZenDecision;

  private constructor(bytes: Buffer) {
    this.sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#decision = new ZenEngine().createDecision(bytes);
  }

  /** Reads a table; throws where the file is no decision model. */
  static fromFile<Input extends object, Output>(file: URL): DecisionTable<Input, Output> {
    return new DecisionTable<Input, Output>(readFileSync(file));
  }

  /** Result of the table for one input; a table with hit policy `collect` gives an array. */
  async evaluate(input: Input): Promise<Output> {
    const { result } = (await this.#decision.evaluate(input)) as { result: Output };
    return result;
  }
}
