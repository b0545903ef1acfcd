import type { VisitChecklist } from './visit-checklists.js';

export const VISIT_ANSWERS = ['yes', 'no', 'not_applicable'] as const;
export type VisitAnswer = (typeof VISIT_ANSWERS)[number];

/** What was found of one item. */
export interface AnsweredItem {
  readonly item: string;
  readonly answer: VisitAnswer;
}

/** What of a report is wrong, a line each: every item of the checklist is answered once, and nothing else is. */
export function checklistFaults({ items }: VisitChecklist, answers: readonly AnsweredItem[]): string[] {
  const count = (code: string): number => answers.filter(({ item }) => item === code).length;
  return [
    ...items.filter(({ code }) => count(code) === 0).map(({ code }) => `${code} is not answered`),
    ...items.filter(({ code }) => count(code) > 1).map(({ code }) => `${code} is answered twice`),
    ...answers.filter(({ item }) => !items.some(({ code }) => code === item)).map(({ item }) => `${item} is no item of the checklist`),
  ];
}

/** Score of a visit: weighted share of the items that hold, of 100; null where no item was applicable. */
export function visitScore({ items }: VisitChecklist, answers: readonly AnsweredItem[]): number | null {
  const weightOf = (wanted: VisitAnswer): number =>
    items.filter(({ code }) => answers.some(({ item, answer }) => item === code && answer === wanted)).reduce((sum, { weight }) => sum + weight, 0);
  const [yes, no] = [weightOf('yes'), weightOf('no')];
  return yes + no === 0 ? null : Math.round((100 * yes) / (yes + no));
}
