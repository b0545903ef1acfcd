import { allEventClasses, describeEvent, versionedType } from '@millrace/contracts';
import { listFiles, type SourceFile } from './source-tree.js';

const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 70;
/** Documents that a program writes. */
const GENERATED = ['docs/events.md', 'docs/findings.md', 'docs/loan-process.md', 'docs/reasons.md', 'docs/requirements.md', 'docs/rules.md'];
const ENVIRONMENT_READERS = /^(libs\/service\/src\/config\.ts|libs\/testing\/)/;
/** The adapter, the rights of its logins, and the benchmark that holds the adapter against the bare client. */
const KAFKA_USERS = ['libs/messaging/src/kafka-event-log.ts', 'libs/messaging/src/kafka-rights.ts', 'services/trials/src/bench/bare-kafka.ts'];
/** Known by the hash of their text, so that what was written in them once stays; released schemas are those of their release. */
const KEPT_AS_THEY_ARE = /\/(migrations|schemas\/released)\//;
/** Sources that speak to a person at a terminal. */
const COMMAND_LINE = /^services\/(lendctl|standalone|trials)\//;

interface Package {
  readonly name: string;
  readonly private: boolean;
  readonly type: string;
  readonly license: string;
  readonly nx: { readonly tags: readonly string[] };
}

const tree = listFiles();
const paths = new Set(tree.map(({ path }) => path));
// This file names what it forbids.
const files = tree.filter(({ path }) => path !== 'tools/tidy.spec.ts');
const code = files.filter(({ path }) => /\.(ts|js|mjs)$/.test(path));
const prose = files.filter(({ path }) => /\.(ts|js|mjs|sql|md|yml|yaml|sh)$/.test(path) || path.startsWith('.ci/'));
const manifests = files.filter(({ path }) => /^(libs|services)\/[^/]+\/package\.json$/.test(path));

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const isFolder = (path: string): boolean => [...paths].some((file) => file.startsWith(`${path}/`));
const isTest = (path: string): boolean => /\.spec\.ts$/.test(path);
const manifestOf = (file: SourceFile): Package => JSON.parse(file.text) as Package;
const services = manifests.filter((file) => manifestOf(file).nx.tags.includes('type:service')).map(({ path }) => folderOf(path));

describe('files', () => {
  it(`have at most ${MAX_FILE_LINES} lines`, () => {
    const long = prose.filter((file) => file.lineCount > MAX_FILE_LINES && !GENERATED.includes(file.path));
    expect(long.map(({ path, lineCount }) => `${path} (${lineCount})`)).toEqual([]);
  });

  it(`have functions of at most ${MAX_FUNCTION_LINES} lines`, () => {
    expect(code.flatMap((file) => file.functionsOver(MAX_FUNCTION_LINES))).toEqual([]);
  });

  it('are named in lower case with hyphens, and never for being useful', () => {
    const sources = [...paths].filter((path) => /^(libs|services|tools)\/.*\.ts$/.test(path));
    const misnamed = sources.filter((path) => !/^[a-z0-9./-]+$/.test(path) || /\b(utils?|helpers?|common|misc)\b/.test(path));
    expect(misnamed).toEqual([]);
  });

  it('are called index.ts only as the entry of a lib', () => {
    expect([...paths].filter((path) => path.endsWith('/index.ts') && !/^libs\/[^/]+\/src\/index\.ts$/.test(path))).toEqual([]);
  });
});

describe('code', () => {
  it('reads process.env in one place', () => {
    expect(code.filter(({ path }) => !ENVIRONMENT_READERS.test(path)).flatMap((file) => file.linesWith(/\bprocess\.env\b/))).toEqual([]);
  });

  it('imports kafkajs in the adapter, beside it for the rights of logins, and in the benchmark of the adapter', () => {
    expect(code.filter((file) => !KAFKA_USERS.includes(file.path) && file.imports.includes('kafkajs')).map(({ path }) => path)).toEqual([]);
  });

  it('writes to the console only where a person sits at the terminal', () => {
    const silent = code.filter(({ path }) => isTest(path) || (/^(libs|services)\/[^/]+\/src\//.test(path) && !COMMAND_LINE.test(path)));
    expect(silent.flatMap((file) => file.linesWith(/\bconsole\.\w+\(/))).toEqual([]);
  });

  it('leaves nothing for later without the number of an issue', () => {
    expect(prose.flatMap((file) => file.linesWith(/\b(TODO|FIXME)\b(?!\(#\d+\))/))).toEqual([]);
  });

  it('names no machine and no package registry', () => {
    const foreign = /(^|[\s"'`(=])\/(work|root|home)\/|registry\.npmjs|\bpypi\.org|\bcrates\.io|proxy\.golang|deb\.debian/;
    expect(prose.flatMap((file) => file.linesWith(foreign))).toEqual([]);
  });
});

describe('comments', () => {
  it('cite rules by code, and no page, chapter or issue that a reader does not have', () => {
    const cited = files.filter(({ path }) => /\.(ts|js|mjs|sql|md|json|ya?ml|sh)$/.test(path) && path !== 'package-lock.json' && !KEPT_AS_THEY_ARE.test(path));
    const elsewhere = /(?<!RFC \d{4} )§|\bhandbook\b|\b(trap|defect|issue) #?\d/i;
    expect(cited.flatMap((file) => file.linesWith(elsewhere))).toEqual([]);
  });
});

describe('documents', () => {
  it('link to files that are there', () => {
    const dead = files
      .filter(({ path }) => path.endsWith('.md'))
      .flatMap((file) => file.links.filter((to) => !paths.has(to) && !isFolder(to)).map((to) => `${file.path} → ${to}`));
    expect(dead).toEqual([]);
  });
});

describe('packages', () => {
  it('are private ES modules under our licence, named after their folder and tagged for the boundary rule', () => {
    const wrong = manifests.filter((file) => {
      const folder = folderOf(file.path);
      const name = folder.slice(folder.indexOf('/') + 1);
      const kinds = folder.startsWith('libs/') ? ['type:lib'] : ['type:service', 'type:tool', 'type:composition', 'type:trials'];
      const { nx, ...manifest } = manifestOf(file);
      const sound = manifest.name === `@millrace/${name}` && manifest.private && manifest.type === 'module' && manifest.license === 'Apache-2.0';
      return !sound || !kinds.some((kind) => nx.tags.includes(kind)) || (kinds[0] === 'type:lib' && !nx.tags.includes(`lib:${name}`));
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('that are services all have the same shape', () => {
    const missing = services.flatMap((folder) => {
      const module = `${folder.slice(folder.indexOf('/') + 1)}.module.ts`;
      const absent = ['main.ts', module, 'config.ts'].map((file) => `${folder}/src/${file}`).filter((path) => !paths.has(path));
      return [...paths].some((path) => path.startsWith(`${folder}/migrations/`)) ? absent : [...absent, `${folder}/migrations/`];
    });
    expect(missing).toEqual([]);
  });
});

describe('migrations', () => {
  it('are SQL files under one number each: a number that was given to another branch may come later, and is applied then', () => {
    const folders = new Map<string, string[]>();
    for (const path of [...paths].filter((path) => path.includes('/migrations/')).sort()) {
      folders.set(folderOf(path), [...(folders.get(folderOf(path)) ?? []), path]);
    }
    const numberOf = (path: string): string | undefined => /\/(\d{4})_[a-z0-9_]+\.sql$/.exec(path)?.[1];
    const wrong = [...folders.values()].flatMap((names) =>
      names.filter((path, index) => numberOf(path) === undefined || (index > 0 && numberOf(path) === numberOf(names[index - 1]!))),
    );
    expect(wrong).toEqual([]);
  });
});

describe('events', () => {
  it('each have a schema and a golden sample', () => {
    const expected = allEventClasses().flatMap((eventClass) => {
      const type = versionedType(describeEvent(eventClass));
      return [`libs/contracts/schemas/${type}.json`, `libs/contracts/samples/${type}.json`];
    });
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.filter((path) => !paths.has(path))).toEqual([]);
  });
});
