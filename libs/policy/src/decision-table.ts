import { readFileSync } from 'node:fs';
import { ZenEngine, type ZenDecision } from '@gorules/zen-engine';
import { engineTable, jdmOf } from './engine-model.js';
import type { AnyContract, TableContract } from './table-contract.js';
import { readTable, TableFaults } from './table-rows.js';

/** A decision table: rows that risk officers edit as data. What it is given and may answer is in its contract; the engine's model is made of it here. */
export class DecisionTable<Input extends object, Hit extends object> {
  /** Hash of the content, stored with every decision it made. */
  readonly sha256: string;
  readonly #decision: ZenDecision;

  /** @throws TableFaults where a row says what the contract does not know */
  constructor(text: string, contract: TableContract<Input, Hit>) {
    const known = contract as unknown as AnyContract;
    const table = readTable(text, known);
    this.sha256 = table.sha256;
    this.#decision = new ZenEngine().createDecision(jdmOf(engineTable(table, known)));
  }

  /** Reads a table; its faults name the file. */
  static fromFile<Input extends object, Hit extends object>(file: URL, contract: TableContract<Input, Hit>): DecisionTable<Input, Hit> {
    try {
      return new DecisionTable(readFileSync(file, 'utf8'), contract);
    } catch (error) {
      if (!(error instanceof TableFaults)) throw error;
      throw new TableFaults(error.faults.map((fault) => `${file.pathname.split('/').at(-1)!}: ${fault}`));
    }
  }

  /** What the rows that fire give, in the order of the table. */
  async evaluate(input: Input): Promise<Hit[]> {
    const { result } = (await this.#decision.evaluate(input)) as { result: Hit[] };
    return result;
  }
}
