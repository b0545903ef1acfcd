import { readdirSync, readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { contradictionsOf } from './pack-rules.js';
import { PolicyPack } from './policy-pack.js';

const PACKS = new URL('../packs/', import.meta.url);

/** A file of the packs' folder: the pack, or what is wrong with it. */
export interface PackFile {
  readonly file: string;
  readonly pack: PolicyPack | undefined;
  readonly problems: readonly string[];
}

/** A line for each wrong field, with its path in the file and the value that was read. */
function linesOf(errors: readonly ValidationError[], above = ''): string[] {
  return errors.flatMap((error) => {
    const path = `${above}${error.property}`;
    const value = error.value === undefined ? 'is missing' : JSON.stringify(error.value).slice(0, 80);
    const own = Object.values(error.constraints ?? {}).map(
      (why) => `${path} ${value}: ${why.startsWith(error.property) ? why.slice(error.property.length + 1) : why}`,
    );
    return [...own.slice(0, 1), ...linesOf(error.children ?? [], `${path}.`)];
  });
}

/** The pack that a text holds; every line says what is wrong in it. */
export function parsePack(text: string): { readonly pack: PolicyPack | undefined; readonly problems: readonly string[] } {
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch (error) {
    return { pack: undefined, problems: [(error as Error).message] };
  }
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) return { pack: undefined, problems: ['it must be a JSON object'] };
  const pack = plainToInstance(PolicyPack, plain);
  const problems = linesOf(validateSync(pack, { whitelist: true, forbidNonWhitelisted: true }));
  if (problems.length > 0) return { pack: undefined, problems };
  const contradictions = contradictionsOf(pack);
  return { pack: contradictions.length > 0 ? undefined : pack, problems: contradictions };
}

/** What no pack shows by itself: its file bears its version, and no two are in force from the same day. */
export function conflictsOf(files: readonly PackFile[]): PackFile[] {
  return files.map((one) => {
    if (!one.pack) return one;
    const { version, lenderType, effectiveFrom } = one.pack;
    const problems: string[] = [];
    if (one.file !== `${version}.json`) problems.push(`version ${version} must be the name of the file without .json`);
    const twin = files.find(({ file, pack }) => file < one.file && pack?.lenderType === lenderType && pack.effectiveFrom === effectiveFrom);
    if (twin) problems.push(`${twin.file} is in force for ${lenderType} from ${effectiveFrom} too; give one of them another day`);
    return { ...one, problems };
  });
}

let read: readonly PackFile[] | undefined;

/** Every pack of the installation, read once a process. */
export function packFiles(): readonly PackFile[] {
  read ??= conflictsOf(
    readdirSync(PACKS)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => ({ file, ...parsePack(readFileSync(new URL(file, PACKS), 'utf8')) })),
  );
  return read;
}
