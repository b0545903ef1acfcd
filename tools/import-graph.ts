import { dirname, join } from 'node:path';
import type { SourceFile } from './source-tree.js';

/** Folders of a service's `src`, each with those that it imports from and the files that do; files beside the folders belong to none. */
export type FolderGraph = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** `services/<service>/src/<folder>/…` of a file, or undefined where it is in no folder. */
function folderOf(path: string): { readonly service: string; readonly folder: string } | undefined {
  const [, service, folder] = /^services\/([^/]+)\/src\/([^/]+)\//.exec(path) ?? [];
  return service && folder ? { service, folder } : undefined;
}

/** Who imports from whom inside one service, tests left out. */
export function folderGraph(service: string, files: readonly Pick<SourceFile, 'path' | 'imports'>[]): FolderGraph {
  const graph = new Map<string, Map<string, string[]>>();
  for (const file of files) {
    const from = folderOf(file.path);
    if (from?.service !== service || !/(?<!\.spec)\.ts$/.test(file.path)) continue;
    for (const imported of file.imports.filter((name) => name.startsWith('.'))) {
      const to = folderOf(join(dirname(file.path), imported));
      if (!to || to.folder === from.folder) continue;
      const arrows = graph.get(from.folder) ?? new Map<string, string[]>();
      graph.set(from.folder, arrows.set(to.folder, [...(arrows.get(to.folder) ?? []), file.path]));
    }
  }
  return graph;
}

function reachableFrom(graph: FolderGraph, from: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (folder: string): void => {
    for (const next of graph.get(folder)?.keys() ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      visit(next);
    }
  };
  visit(from);
  return seen;
}

/** Every import between folders that reach each other, as `from -> to: file`; none where everything is imported downwards. */
export function upwardImports(graph: FolderGraph): string[] {
  return [...graph].flatMap(([from, arrows]) =>
    [...arrows].filter(([to]) => reachableFrom(graph, to).has(from)).flatMap(([to, paths]) => paths.map((path) => `${from} -> ${to}: ${path}`)),
  );
}
