import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { PHRASES, TERMS } from '@millrace/reasons';
import ts from 'typescript';
import { listFiles, type SourceFile } from './source-tree.js';

/** What answers callers, or is called by what does; settings and operators' commands speak English. */
const ANSWERING =
  /^(libs\/(service|contracts|tasks|process)|services\/(gateway|loan-application|kyc-antifraud|scoring|disbursement|post-loan-monitoring))\/src\//;
const OF_SETTINGS =
  /\/((service-)?config|configured-client|managed-clients|trusted-proxies|open-event-log|operations-server|readiness-answer|readiness|check-[a-z-]+|logger)\.ts$/;
/** What the OpenAPI document says of the answers. */
const OF_DOCUMENT = /^(libs\/contracts\/src\/api|services\/gateway\/src\/openapi)\/(?!fields?\.ts)/;
const files = listFiles().filter(
  ({ path }) => ANSWERING.test(path) && !OF_DOCUMENT.test(path) && path.endsWith('.ts') && !path.endsWith('.spec.ts') && !OF_SETTINGS.test(path),
);
const DECORATORS = new URL('../node_modules/class-validator/cjs/decorator/', import.meta.url);

/** A sentence with a pair of braces where a value stands, as the code and the book write it alike. */
const shapeOf = (phrase: string): string => phrase.replace(/\{\w+\}/g, '{}');
const book = new Set(PHRASES.map(({ en }) => shapeOf(en)));

/** Text of a literal, a template or several of them joined; undefined for what is none. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

const isForProgrammers = (node: ts.Node): boolean =>
  (ts.isNewExpression(node) || ts.isCallExpression(node)) && /(Error|logger\.\w+|warn|fail)$/.test(node.expression.getText());
/** Descriptions of the OpenAPI document are not part of an answer. */
const isDescription = (node: ts.Node): boolean => ts.isPropertyAssignment(node) && /^(description|summary)$/.test(node.name.getText());

/** Every text of a file that an answer may hold, with its place. */
function textsOf(file: SourceFile): { readonly text: string; readonly at: string }[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const found: { text: string; at: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (isForProgrammers(node) || isDescription(node) || ts.isImportDeclaration(node)) return;
    const text = textOf(node);
    if (text === undefined) return void ts.forEachChild(node, visit);
    found.push({ text, at: `${file.path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}` });
    if (ts.isTemplateExpression(node)) for (const { expression } of node.templateSpans) visit(expression);
  };
  visit(source);
  return found.map(({ text, at }) => ({ text: shapeOf(text), at }));
}

const texts = files.flatMap(textsOf);
const problemFiles = new Set(files.filter(({ text }) => /\bProblem(Details)?\b|\btitle:|refuse\(/.test(text)).map(({ path }) => path));
const sentences = texts.filter(({ text, at }) => problemFiles.has(at.split(':')[0]!) && /^[A-Z{][^\n]* [^\n]*\.$/.test(text));
/** What the pipe leaves of a rule's message: the words behind the field's name. */
const fieldErrors = texts
  .map(({ text, at }) => ({ text: text.replace(/^(?:\$property|[a-z]\w+) (?=must|should)/, ''), at }))
  .filter(({ text }) => /^(must|should|is not a|is not one|names another) ?/.test(text) && !text.endsWith('.') && text !== 'must be {}');
const forms = listFiles()
  .filter(({ path }) => ANSWERING.test(path) && !path.endsWith('.spec.ts'))
  .flatMap(({ path, text }) =>
    [...text.matchAll(/\b(?:FormField|form)\(\s*\/.*\/[a-z]*,\s*'([^']+)'/g)].map((match) => ({ text: `must be ${match[1]!}`, at: path })),
  );

const missing = (found: readonly { text: string; at: string }[]): string[] => [
  ...new Set(found.filter(({ text }) => !book.has(text)).map(({ text, at }) => `${at} ${text}`)),
];

test('each sentence of a problem has its Chinese', () => {
  expect(sentences.length).toBeGreaterThan(100);
  expect(missing(sentences)).toEqual([]);
});

test('each error of a field has its Chinese', () => {
  expect([fieldErrors.length > 30, forms.length > 10]).toEqual([true, true]);
  expect(missing([...fieldErrors, ...forms])).toEqual([]);
});

/** Messages that class-validator has by itself, of the rules that fields of ours have. */
function ownMessages(): { readonly text: string; readonly at: string }[] {
  const rules = new Set(files.flatMap(({ text }) => [...text.matchAll(/(?:@|\b)((?:Is|Array|Min|Max|Equals|Matches)\w*)\(/g)].map((match) => match[1]!)));
  const sources = readdirSync(DECORATORS).flatMap((folder) =>
    [...rules].map((rule) => new URL(`${folder}/${rule}.js`, DECORATORS)).filter((file) => existsSync(file)),
  );
  return sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/eachPrefix(?:\.[^+]+)? \+\s*(['"`])(.+?)\1/g)].map((match) => ({
      text: match[2]!.replace(/^\$property /, '').replace(/\$(property|constraint\d)/g, '{}'),
      at: file.pathname.split('/').at(-1)!,
    })),
  );
}

test('each rule of a field has the Chinese of its own message', () => {
  const messages = ownMessages();
  expect(messages.length).toBeGreaterThan(10);
  expect(missing(messages)).toEqual([]);
});

test('each thing that a problem names has its Chinese', () => {
  const things = files.flatMap(({ text }) =>
    [...text.matchAll(/\b(?:notFound|idReused)\('([^']+)'|\bresource: '([^']+)'/g)].map((match) => match[1] ?? match[2]!),
  );
  expect(things.length).toBeGreaterThan(15);
  expect(things.filter((thing) => !Object.hasOwn(TERMS, thing))).toEqual([]);
});

test('no sentence of the book is one that nothing says', () => {
  const said = new Set([
    ...texts.map(({ text }) => text),
    ...fieldErrors.map(({ text }) => text),
    ...forms.map(({ text }) => text),
    ...ownMessages().map(({ text }) => text),
  ]);
  const ofBook = listFiles()
    .filter(({ path }) => /^libs\/reasons\/src\/phrases\/(timeline|costs)\.ts$/.test(path))
    .map(({ text }) => text)
    .join('');
  expect(PHRASES.map(({ en }) => en).filter((en) => !said.has(shapeOf(en)) && !ofBook.includes(en))).toEqual([]);
});

test('a sentence and its Chinese have the same places, and no two sentences are the same', () => {
  const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  expect(PHRASES.filter(({ en, zh }) => !places(zh).every((place) => places(en).includes(place)) || !/[一-鿿]/.test(zh))).toEqual([]);
  expect(PHRASES.map(({ en }) => en).filter((en, at, all) => all.indexOf(en) !== at)).toEqual([]);
});
