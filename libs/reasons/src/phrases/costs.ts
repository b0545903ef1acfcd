import type { Text } from '../language.js';

/** Charging standards of the all-in cost sheet (综合融资成本) that the program words itself; those of a product's fees are the lender's. */
export const COSTS = {
  interest: { en: '{percent}% a year on the principal outstanding', zh: '按未还本金计息，年利率 {percent}%' },
} as const satisfies Readonly<Record<string, Text>>;
