import { businessDate, CONSENT_TYPES, DAY_COUNTS, LPR_TENORS, REPAYMENT_METHODS, REPRICING_DAYS, VERIFICATION_CONSENTS } from '@millrace/contracts';
import { MAX_INSTALMENTS } from '@millrace/finance';
import type { Policy } from '@millrace/policy';
import { makeOffer } from './offer/make-offer.js';
import type { FloatingRateTerms, Product, ProductFee } from './product/product.entity.js';

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const FEE_TIMES = ['upfront', 'each_instalment'];
const ALL_BPS = 10_000;
/** Most digits of an amount on the wire. */
const MAX_MINOR = 10n ** 18n - 1n;

/** What the texts of a fee may be long, as the offer's items are. */
const FEE_TEXTS: Readonly<Record<'item' | 'payee' | 'standard', number>> = { item: 100, payee: 100, standard: 200 };
/** The same in Chinese, which a fee may do without. */
const FEE_TEXTS_ZH: Readonly<Record<'itemZh' | 'payeeZh' | 'standardZh', number>> = { itemZh: 100, payeeZh: 100, standardZh: 200 };

const isText = (value: unknown, most: number): boolean => typeof value === 'string' && value.trim() !== '' && value.length <= most;

/** Words of a list that nobody knows, that are there twice, or that there are none. */
function listTroubles(column: string, words: readonly string[], known: readonly string[]): string[] {
  if (words.length === 0) return [`${column} is empty`];
  const strange = words.filter((word) => !known.includes(word));
  return [
    ...(strange.length > 0 ? [`${column} has ${strange.join(', ')}; there are ${known.join(', ')}`] : []),
    ...(new Set(words).size < words.length ? [`${column} has one twice`] : []),
  ];
}

/** What is wrong with one fee, whatever the row has in its place. */
function feeTroubles(fee: Partial<Record<keyof ProductFee, unknown>> | null): string[] {
  const { bps, when, ...texts } = fee ?? {};
  const isShare = Number.isInteger(bps) && Number(bps) > 0 && Number(bps) < ALL_BPS;
  return [
    ...Object.entries({ ...FEE_TEXTS, ...FEE_TEXTS_ZH }).flatMap(([name, most]) =>
      isText(texts[name as keyof typeof texts], most) || (name in FEE_TEXTS_ZH && !(name in texts))
        ? []
        : [`${name} must be a text of at most ${most} characters`],
    ),
    ...(isShare ? [] : [`bps must be a whole number from 1 to ${ALL_BPS - 1}`]),
    ...(FEE_TIMES.includes(String(when)) ? [] : [`when must be ${FEE_TIMES.join(' or ')}`]),
    ...Object.keys(texts).flatMap((name) => (name in FEE_TEXTS || name in FEE_TEXTS_ZH ? [] : [`${name} is not a part of a fee`])),
  ];
}

function feesTroubles(fees: readonly ProductFee[]): string[] {
  if (!Array.isArray(fees)) return ['fees must be a list'];
  return fees.flatMap((fee: ProductFee | null, at) => feeTroubles(fee).map((trouble) => `fee ${at + 1}: ${trouble}`));
}

/** What is wrong with how the rate floats, whatever the row has in its place. */
function floatingTroubles(floating: Partial<Record<keyof FloatingRateTerms, unknown>> | undefined): string[] {
  if (floating === undefined) return [];
  const { tenor, repricesOn, ...others } = floating;
  return [
    ...((LPR_TENORS as readonly unknown[]).includes(tenor) ? [] : [`floating_rate: tenor must be ${LPR_TENORS.join(' or ')}`]),
    ...((REPRICING_DAYS as readonly unknown[]).includes(repricesOn) ? [] : [`floating_rate: repricesOn must be ${REPRICING_DAYS.join(' or ')}`]),
    ...Object.keys(others).map((name) => `floating_rate: ${name} is not a part of it`),
  ];
}

/** Columns that say what they should, whatever the product is for. */
function formTroubles(product: Product): string[] {
  const { productCode, name, nameZh, dayCount, repaymentMethods, requiredConsents, fees, floatingRate } = product;
  const lacking = VERIFICATION_CONSENTS.filter((type) => !requiredConsents.includes(type));
  return [
    ...(CODE.test(productCode) ? [] : ['product_code must be 1 to 64 letters, digits, dots, dashes and underscores']),
    ...(isText(name, 200) && isText(nameZh, 200) ? [] : ['name and name_zh must be texts of at most 200 characters']),
    ...(BigInt(product.maxAmountMinor) > MAX_MINOR ? [`max_amount_minor must not be above ${MAX_MINOR}`] : []),
    ...(product.maxTenorMonths > MAX_INSTALMENTS ? [`max_tenor_months must not be above ${MAX_INSTALMENTS}`] : []),
    ...listTroubles('repayment_methods', repaymentMethods, REPAYMENT_METHODS),
    ...listTroubles('required_consents', requiredConsents, CONSENT_TYPES),
    ...(lacking.length > 0 ? [`required_consents lacks ${lacking.join(', ')}, without which no firm can be verified`] : []),
    ...((DAY_COUNTS as readonly string[]).includes(dayCount) ? [] : [`day_count ${dayCount} is unknown; there are ${DAY_COUNTS.join(', ')}`]),
    ...feesTroubles(fees),
    ...floatingTroubles(floatingRate),
  ];
}

/** What a product is held against. */
export interface LendingRules {
  readonly policy: Policy;
  /** Most that one borrower may owe, fen. */
  readonly capMinor: bigint;
}

/** Each way to repay at either end of amounts and tenors: a schedule must come of it, and without any interest one must be below the cap. */
function offerTroubles(product: Product, policy: Policy, now: Date): string[] {
  const tenors = [...new Set([product.minTenorMonths, product.maxTenorMonths])];
  const amounts = [...new Set([product.minAmountMinor, product.maxAmountMinor])];
  const trials = product.repaymentMethods.flatMap((repaymentMethod) =>
    tenors.flatMap((tenorMonths) => amounts.map((amount) => ({ repaymentMethod, tenorMonths, amountMinor: BigInt(amount) }))),
  );
  const broken = new Set<string>();
  let possible = false;
  for (const terms of trials) {
    try {
      possible = !makeOffer({ ...terms, rateBps: 0, product, lenderName: '-', scoredAt: now }, policy, now).overCap || possible;
    } catch (error) {
      broken.add(`${terms.repaymentMethod} over ${terms.tenorMonths} months: ${(error as Error).message}`);
    }
  }
  const never = broken.size === 0 && !possible;
  return [
    ...broken,
    ...(never ? [`it can never be offered: its fees alone are above the cap of ${policy.cost.allInCapBps} bps on all costs of ${policy.version}`] : []),
  ];
}

/** What an open product needs so that somebody can apply for it and have it. */
function openTroubles(product: Product, { policy, capMinor: cap }: LendingRules, now: Date): string[] {
  const [min, max, step] = [BigInt(product.minAmountMinor), BigInt(product.maxAmountMinor), BigInt(product.amountStepMinor)];
  const amounts = [
    ...((max / step) * step < min ? ['it can never be applied for: no multiple of amount_step_minor lies between the least and the greatest amount'] : []),
    ...(min > cap ? [`it can never be offered: min_amount_minor is above ${cap}, the most that ${policy.version} lets one borrower owe`] : []),
  ];
  return amounts.length > 0 ? amounts : offerTroubles(product, policy, now);
}

/** Versions that applications are or will be made under: for each code the newest in force, and those whose day is still to come. */
function versionsInUse(products: readonly Product[], today: string): Product[] {
  const later = products.filter(({ effectiveFrom }) => effectiveFrom > today);
  const now = products.filter(({ effectiveFrom }) => effectiveFrom <= today);
  return [...now.filter((one) => !now.some((other) => other.productCode === one.productCode && other.version > one.version)), ...later];
}

/** A version that comes on a day on which a newer one is in force already. */
function isPassedOver(product: Product, products: readonly Product[]): boolean {
  const { productCode, version, effectiveFrom } = product;
  return products.some((other) => other.productCode === productCode && other.version > version && other.effectiveFrom <= effectiveFrom);
}

/**
 * What is wrong with products, a line each: code and version, column, remedy. Versions that newer ones have replaced are not asked: applications made
 * under them keep their terms.
 * @param products every row of the table
 * @param rulesAt what binds on a business date
 */
export function checkProducts(products: readonly Product[], rulesAt: (date: string) => LendingRules, now: Date): string[] {
  const today = businessDate(now);
  return versionsInUse(products, today).flatMap((product) => {
    const form = formTroubles(product);
    const day = product.effectiveFrom > today ? product.effectiveFrom : today;
    const isAsked = form.length === 0 && product.status === 'open';
    const open = isAsked ? openTroubles(product, rulesAt(day), now) : [];
    const passed = isPassedOver(product, products) ? ['it can never be in force: a newer version comes on the same day or before'] : [];
    return [...form, ...open, ...passed].map(
      (trouble) => `product ${product.productCode} version ${product.version}: ${trouble}; put it right in the table loan_application.product`,
    );
  });
}
