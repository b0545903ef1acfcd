import type { EventTransaction } from '@millrace/messaging';
import type { Type } from '@nestjs/common';
import type { HeldItem } from './held-items.js';

/** What a parameter of a decision must look like. */
export type HeldParameterType = 'date' | 'amountMinor' | 'text';

/** One answer that a person may give about a held item. */
export interface HeldDecision {
  /** As it is typed after `--decision`, e.g. `paid-on`. */
  readonly name: string;
  /** What will be done, for the person who decides. */
  readonly meaning: string;
  /** What the decision needs to be told; each is required. A date is a calendar day of Shanghai, an amount is in fen. */
  readonly parameters: Readonly<Record<string, HeldParameterType>>;
}

/** Applies a decision that two persons made, in the transaction that marks the item applied, so that it happens exactly once. */
export interface HeldItemHandler {
  /** @throws HeldDecisionRefused where the decision cannot be done; the item is then open again, with the reason in its history */
  apply(item: DecidedHeldItem, tx: EventTransaction): Promise<void>;
}

/** A held item with the decision that two persons made. */
export interface DecidedHeldItem extends HeldItem {
  readonly decision: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A question that a service leaves to two persons, and the answers that it knows how to apply. */
export interface HeldKind {
  /** Name of the kind, its own among all services, e.g. `payout-date`. */
  readonly kind: string;
  /** What the person is asked, in one sentence. */
  readonly question: string;
  readonly decisions: readonly HeldDecision[];
  readonly handler: Type<HeldItemHandler>;
}

/** A decision that is none, or that must not be made so; its message is for the person who made it. */
export class HeldDecisionRefused extends Error {}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const AMOUNT = /^(0|[1-9]\d{0,17})$/;
const MAX_TEXT = 500;

function isDay(text: string): boolean {
  if (!DATE.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

const ACCEPTS: Readonly<Record<HeldParameterType, { readonly means: string; readonly test: (text: string) => boolean }>> = {
  date: { means: 'a day of the calendar, YYYY-MM-DD', test: isDay },
  amountMinor: { means: 'a whole number of fen', test: (text) => AMOUNT.test(text) },
  text: { means: `text of 1 to ${MAX_TEXT} characters`, test: (text) => text.trim() !== '' && text.length <= MAX_TEXT && !/\p{Cc}/u.test(text) },
};

/** What a parameter must look like, in words. */
export function meaningOf(type: HeldParameterType): string {
  return ACCEPTS[type].means;
}

/**
 * Holds a decision against those of the kind.
 * @throws HeldDecisionRefused naming what is wrong and what would be right
 */
export function checkDecision(kind: HeldKind, name: string, parameters: Readonly<Record<string, string>>): HeldDecision {
  const decision = kind.decisions.find((known) => known.name === name);
  if (!decision) throw new HeldDecisionRefused(`${kind.kind} has no decision ${name}; there are ${kind.decisions.map((known) => known.name).join(', ')}`);
  for (const [parameter, type] of Object.entries(decision.parameters)) {
    const given = parameters[parameter];
    if (given === undefined) throw new HeldDecisionRefused(`the decision ${name} needs ${parameter}: ${meaningOf(type)}`);
    if (!ACCEPTS[type].test(given)) throw new HeldDecisionRefused(`${parameter} must be ${meaningOf(type)}`);
  }
  const unknown = Object.keys(parameters).filter((parameter) => !Object.hasOwn(decision.parameters, parameter));
  if (unknown.length > 0) throw new HeldDecisionRefused(`the decision ${name} has no parameter ${unknown.join(', ')}`);
  return decision;
}
