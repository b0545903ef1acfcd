import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const ROOT = new URL('..', import.meta.url).pathname;

/** One file of the project, as it stands in the working tree. */
export class SourceFile {
  readonly text: string;

  constructor(
    /** Path from the project's root. */
    readonly path: string,
  ) {
    this.text = readFileSync(join(ROOT, path), 'utf8');
  }

  get lineCount(): number {
    return this.text.split('\n').length - 1;
  }

  /** Modules it imports, as written. */
  get imports(): string[] {
    return ts.preProcessFile(this.text).importedFiles.map(({ fileName }) => fileName);
  }

  /** Files and folders of the project that a Markdown page links to, from the project's root. */
  get links(): string[] {
    const targets = [...this.text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, target]) => target!);
    return targets.map((target) => join(dirname(this.path), target).replace(/\/$/, ''));
  }

  /** `path:line` of every line that matches. */
  linesWith(pattern: RegExp): string[] {
    return this.text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${this.path}:${index + 1}`] : []));
  }

  /** `path:line` of every function longer than the limit; one that only groups tests is not measured. */
  functionsOver(lineLimit: number): string[] {
    const source = ts.createSourceFile(this.path, this.text, ts.ScriptTarget.Latest, true);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node) && !declaresTests(node)) {
        const first = source.getLineAndCharacterOfPosition(node.getStart()).line;
        const last = source.getLineAndCharacterOfPosition(node.end).line;
        if (last - first + 1 > lineLimit) found.push(`${this.path}:${first + 1}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  }
}

/** Whether a function declares tests among its statements, as a suite or a contract suite does. */
function declaresTests(node: ts.SignatureDeclaration): boolean {
  const body = 'body' in node ? node.body : undefined;
  if (!body || !ts.isBlock(body)) return false;
  return body.statements.some((statement) => /^(describe|it|test)\b/.test(statement.getText()));
}

/** Every file of the project's own: tracked, or new and not ignored. */
export function listFiles(): SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT, encoding: 'utf8' });
  return listed
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)))
    .map((path) => new SourceFile(path));
}
