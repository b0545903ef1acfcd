import { readFileSync } from 'node:fs';
import { LPR_TENORS, type LprTenor } from '@millrace/contracts';
import { plainToInstance, Type } from 'class-transformer';
import { ArrayNotEmpty, IsArray, IsInt, IsString, Matches, Max, Min, ValidateNested, validateSync } from 'class-validator';

/** One publication of the loan prime rate, in basis points a year. */
class Publication {
  /** Day of the publication, from which the rates are the newest. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) on!: string;
  @IsInt() @Min(0) @Max(10_000) '1Y'!: number;
  @IsInt() @Min(0) @Max(10_000) '5Y'!: number;
}

/** The loan prime rate (LPR) as it was published, the oldest first; publications that changed nothing may be left out (G-PR-05). */
export class PrimeRateSeries {
  /** Who has published it. */
  @IsString() source!: string;
  @IsArray() @ArrayNotEmpty() @ValidateNested({ each: true }) @Type(() => Publication) publications!: Publication[];
}

/** Reads a series; throws one line that names its fault, as a wrong day or figure would reprice every floating loan without a word. */
export function readPrimeRates(content: unknown): PrimeRateSeries {
  const series = plainToInstance(PrimeRateSeries, content);
  const [error] = validateSync(series, { whitelist: true, forbidNonWhitelisted: true });
  if (error) throw new Error(`loan prime rate: ${error.toString()}`);
  const { publications } = series;
  const wrong = publications.find(
    ({ on }, at) => Number.isNaN(Date.parse(on)) || !new Date(on).toISOString().startsWith(on) || on <= (publications[at - 1]?.on ?? ''),
  );
  if (wrong) throw new Error(`loan prime rate: ${wrong.on} is no day, or not after the publication before it`);
  return series;
}

const FILE = new URL('../rates/lpr.json', import.meta.url);
let loaded: PrimeRateSeries | undefined;
const committed = (): PrimeRateSeries => (loaded ??= readPrimeRates(JSON.parse(readFileSync(FILE, 'utf8'))));

/** What is wrong with the series that is here, for the start. */
export function checkPrimeRates(): string[] {
  try {
    committed();
    return [];
  } catch (error) {
    return [`rates/lpr.json: ${(error as Error).message}`];
  }
}

/** A rate and the day of its publication. */
export interface PrimeRate {
  readonly publishedOn: string;
  readonly rateBps: number;
}

/**
 * The loan prime rate that was published last on or before a day. The newest publication that the file has holds until another is added to it.
 * @throws Error for a day before the first publication of 20 August 2019
 */
export function primeRateOn(tenor: LprTenor, on: string, series: PrimeRateSeries = committed()): PrimeRate {
  const last = series.publications.findLast((publication) => publication.on <= on);
  if (!last) throw new Error(`no loan prime rate was published by ${on}; the terms are ${LPR_TENORS.join(' and ')}`);
  return { publishedOn: last.on, rateBps: last[tenor] };
}
