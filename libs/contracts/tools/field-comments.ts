import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const SOURCES = new URL('../src/', import.meta.url);

/** Doc comments of every class field of the contracts, by `Class.field`; with the glossary they are the only place where a field's meaning is written. */
export function fieldComments(): Map<string, string> {
  const comments = new Map<string, string>();
  for (const file of readdirSync(SOURCES).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))) {
    const source = ts.createSourceFile(file, readFileSync(new URL(file, SOURCES), 'utf8'), ts.ScriptTarget.Latest, true);
    for (const statement of source.statements) {
      if (!ts.isClassDeclaration(statement) || !statement.name) continue;
      for (const member of statement.members.filter(ts.isPropertyDeclaration)) {
        const comment = ts.getJSDocCommentsAndTags(member).find(ts.isJSDoc)?.comment;
        if (typeof comment === 'string') comments.set(`${statement.name.text}.${member.name.getText()}`, comment.replace(/\s+/g, ' '));
      }
    }
  }
  return comments;
}
