import { ZenEngine, type ZenDecision } from '@gorules/zen-engine';
import type { FieldType } from './table-contract.js';
import { cellModel, type TableColumn, type TableContent } from './table-file.js';

const NUMBER = /-?\d+(?:\.\d+)?/g;
/** Words of the expression language that are no values. */
const KEYWORDS = new Set(['and', 'or', 'not', 'in', 'true', 'false', 'null']);
/** Stands for every word that no cell names. */
const OTHER_WORD = 'some other word';

/** Values of a field at which a cell could change its mind: the numbers that it names with their neighbours, both ends, every word, and null. */
export function edgeValues(field: FieldType, cells: readonly string[]): readonly unknown[] {
  switch (field.type) {
    case 'boolean':
      return [true, false, null];
    case 'words':
      return [...field.words, OTHER_WORD, null];
    case 'text':
      return [OTHER_WORD, null];
    case 'whole': {
      const named = cells.flatMap((cell) => [...cell.matchAll(NUMBER)].map(([number]) => Number(number)));
      const near = named.flatMap((number) => [Math.floor(number) - 1, Math.floor(number), Math.ceil(number), Math.ceil(number) + 1]);
      const inside = near.filter((value) => value >= field.least && value <= field.most);
      return [...[...new Set([field.least, ...inside, field.most])].sort((a, b) => a - b), null];
    }
  }
}

const withoutTexts = (cell: string): string => cell.replaceAll(/"[^"]*"|'[^']*'/g, '');

/** A word without quotes, which the engine takes for a field that is not there: the rule would be silent for ever. */
export function bareWord(cell: string): string | undefined {
  return [...withoutTexts(cell).matchAll(/[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff]*/g)].map(([word]) => word).find((word) => !KEYWORDS.has(word));
}

/** Words in quotes. */
export const quotedWords = (cell: string): string[] => [...cell.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, double, single]) => double ?? single ?? '');

/** Asks the engine itself what one cell lets through, so that there is no second reading of its language; answers are kept, as checks ask again and again. */
export class CellTruth {
  readonly #engine = new ZenEngine();
  readonly #decisions = new Map<string, ZenDecision>();
  readonly #answers = new Map<string, Promise<boolean>>();

  /** Throws where the engine cannot read the cell. */
  async of(text: string, content: TableContent, column: TableColumn, cell: string, value: unknown): Promise<boolean> {
    const key = JSON.stringify([column.field, cell, value]);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = this.#ask(text, content, column, cell, value);
    this.#answers.set(key, answer);
    return answer;
  }

  async #ask(text: string, content: TableContent, column: TableColumn, cell: string, value: unknown): Promise<boolean> {
    const key = JSON.stringify([column.field, cell]);
    const decision = this.#decisions.get(key) ?? this.#engine.createDecision(cellModel(text, content, column, cell));
    this.#decisions.set(key, decision);
    const { result } = (await decision.evaluate({ [column.field]: value })) as { result: unknown };
    return Array.isArray(result) && result.length > 0;
  }
}
