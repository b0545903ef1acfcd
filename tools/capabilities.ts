import { dirname, join } from 'node:path';
import type { Capability } from '@millrace/service';
import type { SourceFile } from './source-tree.js';

/** A service with its capabilities from the bottom up. */
export interface CapableService {
  readonly name: string;
  readonly capabilities: readonly Pick<Capability, 'name' | 'face'>[];
}

/** A file outside of a folder, and the file in it that it imports; both from the service's `src`, without ending. */
interface Arrow {
  readonly from: string;
  readonly to: string;
}

type Read = Pick<SourceFile, 'path' | 'imports'>;

const DEFINITION = 'capability';
const folderOf = (path: string): string | undefined => /^([^/]+)\//.exec(path)?.[1];
const fileOf = (path: string): string => path.slice(path.indexOf('/') + 1);

/** Files of a service's `src` by their path in it without ending, tests left out. */
function sourcesOf(service: string, files: readonly Read[]): ReadonlyMap<string, Read> {
  const src = `services/${service}/src/`;
  const own = files.filter(({ path }) => path.startsWith(src) && /(?<!\.spec)\.ts$/.test(path));
  return new Map(own.map((file) => [file.path.slice(src.length, -'.ts'.length), file]));
}

/** What is imported across folders, and what the package shows to others. */
function arrowsInto(sources: ReadonlyMap<string, Read>, exported: readonly string[]): Arrow[] {
  const inside = [...sources].flatMap(([from, { imports }]) =>
    imports.filter((name) => name.startsWith('.')).map((name) => ({ from, to: join(dirname(from), name).replace(/\.js$/, '') })),
  );
  const outside = exported.map((to) => ({ from: 'package.json', to }));
  return [...inside, ...outside].filter(({ from, to }) => folderOf(to) !== undefined && folderOf(to) !== folderOf(from));
}

/** Folders without a capability, and capabilities without a folder. */
function folderFaults({ name, capabilities }: CapableService, sources: ReadonlyMap<string, Read>): string[] {
  const listed = capabilities.map((capability) => capability.name);
  const folders = [...new Set([...sources.keys()].flatMap((path) => folderOf(path) ?? []))];
  const lacking = folders.filter((folder) => !sources.has(`${folder}/${DEFINITION}`));
  return [
    ...lacking.map((folder) => `${name}/${folder} has no ${DEFINITION}.ts`),
    ...folders.filter((folder) => !lacking.includes(folder) && !listed.includes(folder)).map((folder) => `${name} does not list its capability ${folder}`),
    ...listed.filter((folder) => !folders.includes(folder)).map((folder) => `${name} lists ${folder}, and has no such folder`),
  ];
}

/** What of a face is missing, or is there for nobody. */
function faceFaults({ name, capabilities }: CapableService, sources: ReadonlyMap<string, Read>, arrows: readonly Arrow[]): string[] {
  return capabilities.flatMap(({ name: folder, face = [] }) =>
    face.flatMap((file) => {
      if (!sources.has(`${folder}/${file}`)) return [`${name}/${folder} has no ${file}.ts, which its face names`];
      return arrows.some(({ to }) => to === `${folder}/${file}`) ? [] : [`${name}/${folder}: nobody imports ${file}, which its face names`];
    }),
  );
}

/** Imports that go past a face, or from a capability to one that is listed after it. */
function importFaults({ name, capabilities }: CapableService, arrows: readonly Arrow[]): string[] {
  const place = new Map(capabilities.map((capability, at) => [capability.name, at]));
  const faces = new Map(capabilities.map(({ name: folder, face = [] }) => [folder, face]));
  return arrows.flatMap(({ from, to }) => {
    const [folder, importer] = [folderOf(to)!, folderOf(from)];
    if (fileOf(to) === DEFINITION && from === `${name}.module`) return [];
    if (!faces.get(folder)?.includes(fileOf(to))) return [`${name}/${from} imports ${to}, which is not in the face of ${folder}`];
    const upward = importer !== undefined && (place.get(importer) ?? 0) < place.get(folder)!;
    return upward ? [`${name}/${from} imports ${to}, but ${importer} is listed before ${folder}`] : [];
  });
}

/**
 * What is wrong with the capabilities of a service, one line each: folders, faces, and imports between folders.
 * @param files files of the project
 * @param exported files that the service's package shows to others, from its `src` without ending
 */
export function capabilityFaults(service: CapableService, files: readonly Read[], exported: readonly string[]): string[] {
  const sources = sourcesOf(service.name, files);
  const arrows = arrowsInto(sources, exported);
  return [...folderFaults(service, sources), ...faceFaults(service, sources, arrows), ...importFaults(service, arrows)];
}
