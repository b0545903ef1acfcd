import { stat } from 'node:fs/promises';
import { Database } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import { inspectFile, type FileContent } from './inspect-file.js';

/** An invoice file as it was when it was read. */
export interface InspectedFile extends FileContent {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

interface FileRow {
  readonly path: string;
  readonly size_bytes: string;
  readonly modified_ms: string;
  readonly sha256: string;
  readonly invoice_count: number;
  readonly months: FileContent['months'];
  readonly problem: string | null;
}

const CONCURRENT_FILES = 4;

/** Size and time of change of a file; undefined where there is none. */
export async function fileStamp(path: string): Promise<{ sizeBytes: number; modifiedMs: number } | undefined> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { sizeBytes: size, modifiedMs: Math.trunc(mtimeMs) };
  } catch {
    return undefined;
  }
}

/** Reads files once: what they say is kept, also over a restart, until their size or time of change differs. */
@Injectable()
export class FileInspector {
  constructor(private readonly db: Database) {}

  /** What is known of files, by path; files that are not there are left out. */
  async inspect(paths: readonly string[]): Promise<Map<string, InspectedFile>> {
    const { rows } = await this.db.query<FileRow & Record<string, unknown>>('select * from inspected_file where path = any($1)', [paths]);
    const kept = new Map(rows.map((row) => [row.path, row]));
    const found = new Map<string, InspectedFile>();
    const fresh: InspectedFile[] = [];
    const rest = [...paths];
    const work = async (): Promise<void> => {
      for (let path = rest.pop(); path !== undefined; path = rest.pop()) {
        const stamp = await fileStamp(path);
        if (!stamp) continue;
        const row = kept.get(path);
        const same = row && Number(row.size_bytes) === stamp.sizeBytes && Number(row.modified_ms) === stamp.modifiedMs;
        const content: FileContent = same
          ? { sha256: row.sha256, invoiceCount: row.invoice_count, months: row.months, problem: row.problem }
          : await inspectFile(path);
        const file = { path, ...stamp, ...content };
        found.set(path, file);
        if (!same) fresh.push(file);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENT_FILES }, work));
    await this.#keep(fresh);
    return found;
  }

  async #keep(files: readonly InspectedFile[]): Promise<void> {
    if (files.length === 0) return;
    const rows = files.map(({ path, sizeBytes, modifiedMs, sha256, invoiceCount, months, problem }) => ({
      path,
      size_bytes: sizeBytes,
      modified_ms: modifiedMs,
      sha256,
      invoice_count: invoiceCount,
      months,
      problem,
    }));
    await this.db.query(
      `insert into inspected_file select * from jsonb_populate_recordset(null::inspected_file, $1)
       on conflict (path) do update set size_bytes = excluded.size_bytes, modified_ms = excluded.modified_ms, sha256 = excluded.sha256,
         invoice_count = excluded.invoice_count, months = excluded.months, problem = excluded.problem`,
      [JSON.stringify(rows)],
    );
  }
}
