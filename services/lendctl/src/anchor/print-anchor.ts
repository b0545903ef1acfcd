import type { FileEnd } from './read-anchors.js';
import type { WrittenAnchor } from './write-anchor.js';

/** What was anchored, in a line; a second one for a file, with the hash that tells it from any other. */
export function anchorAsText(anchor: WrittenAnchor, file?: FileEnd & { readonly path: string }): string {
  const { histories, rows, pages, anchoredAt, sha256 } = anchor;
  const lines = [
    `${histories} histories of applications and ${rows} rows of other histories are anchored as of ${anchoredAt} (${pages} pages, sha256 ${sha256}).`,
  ];
  if (file) lines.push(`${file.path} has all ${file.pages} pages, sha256 ${file.sha256}: keep it where nobody who administers this installation can write.`);
  return lines.join('\n');
}
