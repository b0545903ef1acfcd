import { ZenEngine, type ZenDecision } from '@gorules/zen-engine';
import { jdmOf } from './engine-model.js';
import type { ConditionType } from './table-contract.js';

const NUMBER = /-?\d+/g;
/** Stands for every word that no cell names. */
const OTHER_WORD = 'some other word';

/** Values of a signal at which a cell could change its mind: the numbers that it names with their neighbours, both ends, every word, and null. */
export function edgeValues(type: ConditionType, cells: readonly string[]): readonly unknown[] {
  switch (type.type) {
    case 'boolean':
      return [true, false, null];
    case 'words':
      return [...type.words, OTHER_WORD, null];
    case 'whole': {
      const named = cells.flatMap((cell) => [...cell.matchAll(NUMBER)].map(([number]) => Number(number)));
      const inside = named.flatMap((number) => [number - 1, number, number + 1]).filter((value) => value >= type.least && value <= type.most);
      return [...[...new Set([type.least, ...inside, type.most])].sort((a, b) => a - b), null];
    }
  }
}

/** Asks the engine itself what one cell lets through, so that there is no second reading of its language; answers are kept, as checks ask again and again. */
export class CellTruth {
  readonly #engine = new ZenEngine();
  readonly #decisions = new Map<string, ZenDecision>();
  readonly #answers = new Map<string, Promise<boolean>>();

  async of(cell: string, value: unknown): Promise<boolean> {
    const key = JSON.stringify([cell, value]);
    const answer = this.#answers.get(key) ?? this.#ask(cell, value);
    this.#answers.set(key, answer);
    return answer;
  }

  async #ask(cell: string, value: unknown): Promise<boolean> {
    const decision = this.#decisions.get(cell) ?? this.#engine.createDecision(jdmOf({ inputs: ['x'], outputs: ['hit'], rules: [{ x: cell, hit: 'true' }] }));
    this.#decisions.set(cell, decision);
    const { result } = (await decision.evaluate({ x: value })) as { result: unknown };
    return Array.isArray(result) && result.length > 0;
  }
}
