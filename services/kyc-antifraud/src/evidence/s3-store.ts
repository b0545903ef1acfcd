import { S3mini } from 's3mini';
import { EvidenceStore } from './evidence-store.js';

/** Files in a bucket of an S3-compatible store, for several instances on several machines. */
export class S3Store extends EvidenceStore {
  readonly #bucket: S3mini;

  /** `endpoint` with the bucket, e.g. `https://s3.example.com/evidence`; `key` as `id:secret`. */
  constructor(endpoint: string, key: string, timeoutMs: number) {
    super();
    const at = key.indexOf(':');
    this.#bucket = new S3mini({ endpoint, accessKeyId: key.slice(0, at), secretAccessKey: key.slice(at + 1), requestAbortTimeout: timeoutMs });
  }

  async put(name: string, bytes: Buffer): Promise<void> {
    const { ok, status } = await this.#bucket.putObject(name, bytes, 'application/octet-stream');
    if (!ok) throw new Error(`the store answered ${status}`);
  }

  async get(name: string): Promise<Buffer | undefined> {
    const bytes = await this.#bucket.getObjectArrayBuffer(name);
    return bytes === null ? undefined : Buffer.from(bytes);
  }

  async remove(name: string): Promise<void> {
    await this.#bucket.deleteObject(name);
  }
}
