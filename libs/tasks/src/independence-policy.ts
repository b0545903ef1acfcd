import { normalForm } from '@millrace/contracts';
import type { Party, TaskKind } from './task-kind.js';

/** Who did what about the subject of a task. */
export interface Involvement {
  /** Who made the subject and who looks after it. */
  readonly parties: Readonly<Record<string, string>>;
  /** Names, in normal form, of those who voted on tasks of other kinds about the same subject. */
  readonly deciderKeys: readonly string[];
}

/**
 * Why a person is not independent, or undefined where the person is (R-UW-05, R-DB-02, S08). Names are compared in their normal form, so that no one
 * becomes another person by spelling the name otherwise.
 */
export function dependenceOf(personKey: string, { independentOf }: Pick<TaskKind, 'independentOf'>, { parties, deciderKeys }: Involvement): Party | undefined {
  return independentOf.find((party) => {
    if (party === 'decider') return deciderKeys.includes(personKey);
    const name = parties[party];
    return name !== undefined && normalForm(name) === personKey;
  });
}
