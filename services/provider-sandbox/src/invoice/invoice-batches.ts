import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Database, notFound, Problem } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import { FileInspector, fileStamp, type InspectedFile } from '../data-set/file-inspector.js';

interface BatchRow {
  readonly sha256: string;
  readonly path: string | null;
  readonly size_bytes: string;
  readonly modified_ms: string | null;
}

/** Names a batch by its content: enough of the hash that no two contents meet. */
const BATCH_ID_CHARACTERS = 32;
const pack = promisify(gzip);

const batchIdOf = (sha256: string): string => sha256.slice(0, BATCH_ID_CHARACTERS);

/** A batch as it is ordered. */
export interface KeptBatch {
  readonly batchId: string;
  readonly sha256: string;
}

/** Batches that were ordered; each stays as it was, or is gone. */
@Injectable()
export class InvoiceBatches {
  constructor(
    private readonly db: Database,
    private readonly inspector: FileInspector,
  ) {}

  /** Keeps the invoices of a made firm. */
  async keepContent(csv: string): Promise<KeptBatch> {
    const content = await pack(csv);
    const sha256 = createHash('sha256').update(content).digest('hex');
    await this.db.query('insert into invoice_batch (batch_id, sha256, content, size_bytes) values ($1, $2, $3, $4) on conflict do nothing', [
      batchIdOf(sha256),
      sha256,
      content,
      content.length,
    ]);
    return { batchId: batchIdOf(sha256), sha256 };
  }

  /** Remembers where the file of a data folder lies; its bytes stay there. */
  async keepFile({ path, sha256, sizeBytes, modifiedMs }: InspectedFile): Promise<KeptBatch> {
    await this.db.query(
      `insert into invoice_batch (batch_id, sha256, path, size_bytes, modified_ms) values ($1, $2, $3, $4, $5)
       on conflict (batch_id) do update set path = excluded.path, modified_ms = excluded.modified_ms where invoice_batch.path is not null`,
      [batchIdOf(sha256), sha256, path, sizeBytes, modifiedMs],
    );
    return { batchId: batchIdOf(sha256), sha256 };
  }

  /** The bytes of a batch; throws 410 where its file is not what it was. */
  async open(batchId: string): Promise<{ stream: Readable; sizeBytes: number }> {
    const { rows } = await this.db.query<BatchRow & Record<string, unknown>>(
      'select sha256, path, size_bytes, modified_ms from invoice_batch where batch_id = $1',
      [batchId],
    );
    const [batch] = rows;
    if (!batch) throw notFound('batch');
    if (batch.path === null) {
      const kept = await this.db.query<{ content: Buffer }>('select content from invoice_batch where batch_id = $1', [batchId]);
      return { stream: Readable.from([kept.rows[0]!.content]), sizeBytes: Number(batch.size_bytes) };
    }
    await this.#refuseChanged(batch.path, batch);
    return { stream: createReadStream(batch.path), sizeBytes: Number(batch.size_bytes) };
  }

  async #refuseChanged(path: string, batch: BatchRow): Promise<void> {
    const stamp = await fileStamp(path);
    if (stamp && stamp.sizeBytes === Number(batch.size_bytes) && stamp.modifiedMs === Number(batch.modified_ms)) return;
    // A file that was only touched or copied back still has its bytes.
    if (stamp && (await this.inspector.inspect([path])).get(path)?.sha256 === batch.sha256) return;
    throw new Problem({ status: 410, code: 'BATCH_GONE', title: 'The file of this batch was changed or taken away.', detail: 'Order the invoices again.' });
  }
}
