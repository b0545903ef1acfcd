import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ZenEngine, type ZenDecision } from '@gorules/zen-engine';
import { fits, saidType, type TableContract } from './table-contract.js';

/** A rule gave something that the code cannot use: the table was changed while the service ran, or its check has a gap. */
export class TableOutputError extends Error {}

/** A decision table in the open JDM format: rules that risk officers edit as data. What it is given and may answer is in its contract. */
export class DecisionTable<Input extends object, Hit extends object> {
  /** SHA-256 (hex) of the file, stored with every decision it made. */
  readonly sha256: string;
  readonly #decision: ZenDecision;

  constructor(
    bytes: Buffer,
    /** For messages. */
    private readonly name: string,
    private readonly contract: TableContract<Input, Hit>,
  ) {
    this.sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#decision = new ZenEngine().createDecision(bytes);
  }

  /** Reads a table; throws where the file is no decision model. */
  static fromFile<Input extends object, Hit extends object>(file: URL, contract: TableContract<Input, Hit>): DecisionTable<Input, Hit> {
    return new DecisionTable(readFileSync(file), file.pathname.split('/').at(-1)!, contract);
  }

  /** What the rules that fire say, in the order of the table; throws a {@link TableOutputError} where that is nothing that the contract knows. */
  async evaluate(input: Input): Promise<Hit[]> {
    const { result } = (await this.#decision.evaluate(input)) as { result: unknown };
    if (!Array.isArray(result)) throw new TableOutputError(`${this.name}: it answers no list of hits; its hit policy must be collect`);
    for (const hit of result as Record<string, unknown>[]) this.#check(hit);
    return result as Hit[];
  }

  #check(hit: Record<string, unknown>): void {
    for (const [name, type] of Object.entries<TableContract<Input, Hit>['outputs'][keyof Hit & string]>(this.contract.outputs)) {
      const value = hit[name];
      if ((value === undefined || value === null) && type.optional) continue;
      if (!fits(value, type))
        throw new TableOutputError(`${this.name}: a rule gives ${name} ${JSON.stringify(value) ?? 'nothing'}; it must be ${saidType(type)}`);
    }
  }
}
