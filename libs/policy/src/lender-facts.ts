import { isCalendarDay } from '@millrace/contracts';
import { daysRise, valueOn, type Dated } from './dated-values.js';
import { readdirSync, readFileSync } from 'node:fs';
import { LENDER_FACTS, type LenderFact } from './policy.js';

const LENDERS = new URL('../lenders/', import.meta.url);
/** Lender of a tenant that has no file of its own. */
export const DEFAULT_LENDER = 'default';

/** A figure of a lender's books. */
export interface DatedFact extends Dated {
  /** First business date on which the figure counts: the day it was adopted, not the day it is of. */
  readonly from: string;
  /** Day that the figure is of, e.g. the last year-end. */
  readonly asOf: string;
  readonly minor: string;
  /** Document that it was taken from. */
  readonly source: string;
}

/** `lenders/<tenant>.json`: the figures of one lender, oldest first. */
export interface LenderFile {
  readonly lender: string;
  readonly facts: Readonly<Record<LenderFact, readonly DatedFact[]>>;
}

const MINOR = /^[1-9]\d{0,17}$/;

/** What is wrong with a lender's file, a line each. */
export function faultsOfLender(file: string, { lender, facts }: LenderFile): string[] {
  const faults = LENDER_FACTS.flatMap((fact) => {
    const values = facts?.[fact] ?? [];
    return [
      ...(values.length > 0 ? [] : [`has no ${fact}`]),
      ...(daysRise(values) ? [] : [`${fact} needs days that rise, as YYYY-MM-DD`]),
      ...values.flatMap(({ asOf, from, minor, source }) => [
        ...(isCalendarDay(asOf) && asOf <= from ? [] : [`${fact} from ${from} is of ${asOf}, which must be a day before`]),
        ...(MINOR.test(minor) ? [] : [`${fact} from ${from} must be an amount in fen above 0, as a text of digits`]),
        ...(source ? [] : [`${fact} from ${from} needs its source`]),
      ]),
    ];
  });
  return [...(`${lender}.json` === file ? [] : [`lender ${lender} must be the name of the file without .json`]), ...faults].map(
    (fault) => `lenders/${file}: ${fault}`,
  );
}

let read: ReadonlyMap<string, LenderFile> | undefined;

function lenders(): ReadonlyMap<string, LenderFile> {
  read ??= new Map(
    readdirSync(LENDERS)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [file.slice(0, -'.json'.length), JSON.parse(readFileSync(new URL(file, LENDERS), 'utf8')) as LenderFile]),
  );
  return read;
}

/** What is wrong with the lenders' figures, a line each, for the start of every service that reads them. */
export function checkLenders(): string[] {
  return [...lenders()].flatMap(([name, lender]) => faultsOfLender(`${name}.json`, lender));
}

/**
 * A figure of the lender behind a tenant on a business date, fen.
 * @throws Error where none was adopted by then
 */
export function lenderFactMinor(tenantId: string, fact: LenderFact, onDate: string): bigint {
  const { facts } = lenders().get(tenantId) ?? lenders().get(DEFAULT_LENDER)!;
  const value = valueOn(facts[fact], onDate);
  if (!value) throw new Error(`lender ${tenantId} has no ${fact} on ${onDate}`);
  return BigInt(value.minor);
}
