import { createHash } from 'node:crypto';
import { MAX_EVIDENCE_FILES, newId, type Clock, type EvidenceScan } from '@millrace/contracts';
import { EVIDENCE_MEDIA_TYPES } from '@millrace/contracts/api';
import { CLOCK, Database, FieldCipher, idReused, LOGGER, notFound, openRecord, placeOf, Problem, type Principal, type StoredRow } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { IS_STORED_ONLY, storedOnly } from '../applicant/stored-only.js';
import { EVIDENCE_RECORDS, FILE } from './evidence-record.js';
import { EvidenceStore } from './evidence-store.js';
import { evidenceTypeOf } from './evidence-type.js';
import { VirusScanner } from './virus-scanner.js';

/** A file as it is kept. */
export interface KeptEvidence {
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly scan: EvidenceScan;
}

interface Known extends KeptEvidence {
  readonly applicationId: string;
  readonly tenantId: string;
}

const KNOWN = `select application_id as "applicationId", tenant_id as "tenantId", media_type as "mediaType", bytes, sha256, scan
  from evidence_record where evidence_id = $1`;
const KEEP = `insert into evidence_record (evidence_id, application_id, tenant_id, media_type, bytes, sha256, scan, object_name, wrapped_key,
    sha256_encrypted, stored_by, stored_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (evidence_id) do nothing`;
const STORED = `select evidence_id, application_id, tenant_id, media_type, object_name, wrapped_key, sha256_encrypted, ${IS_STORED_ONLY} as restricted
  from evidence_record where application_id = $1 and evidence_id = $2 and tenant_id = $3`;

/** Takes a file in, and gives it out again: type by content, scanned, encrypted under a data key of its own (R-OP-01, R-AP-03). */
@Injectable()
export class KeepEvidence {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(EvidenceStore) private readonly store: EvidenceStore,
    @Inject(VirusScanner) private readonly scanner: VirusScanner,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The same file again is answered as it is kept. Throws `TOO_MANY_FILES`, `FILE_TYPE_NOT_ALLOWED`, `FILE_TYPE_MISMATCH`, `FILE_INFECTED`, `ID_REUSED`, `SERVICE_UNAVAILABLE`. */
  async keep(principal: Principal, applicationId: string, evidenceId: string, file: Buffer, saidType: string): Promise<KeptEvidence> {
    const sha256 = createHash('sha256').update(file).digest('hex');
    const known = await this.#known(principal, applicationId, evidenceId, sha256);
    if (known) return known;
    await this.#refuseTooMany(applicationId);
    const mediaType = await checkedType(file, saidType);
    const scan = await this.#orUnavailable(() => this.scanner.scan(file));
    const own = { evidence_id: evidenceId, application_id: applicationId, tenant_id: principal.tenantId };
    const record = this.cipher.seal(placeOf(EVIDENCE_RECORDS, own));
    // Named by what is in it, and by the upload: of two that come at once each has a key of its own.
    const name = `${principal.tenantId}/${sha256}/${newId()}`;
    await this.#orUnavailable(() => this.store.put(name, record.sealBytes(FILE, file)));
    const values = [
      ...Object.values(own),
      mediaType,
      file.length,
      sha256,
      scan,
      name,
      record.wrappedKey,
      record.encrypt('sha256_encrypted', sha256),
      principal.id,
      this.clock.now(),
    ];
    const { rowCount } = await this.database.query(KEEP, values);
    if (rowCount === 1) return { mediaType, bytes: file.length, sha256, scan };
    await this.store.remove(name).catch((error: unknown) => this.logger.warn({ err: error, name }, 'a file that was sent twice at once is left in the store'));
    return (await this.#known(principal, applicationId, evidenceId, sha256))!;
  }

  /** The file as it was uploaded. Throws `NOT_FOUND`, `STORED_ONLY`, `SERVICE_UNAVAILABLE`. */
  async read({ tenantId }: Principal, applicationId: string, evidenceId: string): Promise<{ readonly mediaType: string; readonly file: Buffer }> {
    const { rows } = await this.database.query<StoredRow & Record<string, unknown>>(STORED, [applicationId, evidenceId, tenantId]);
    const [row] = rows;
    if (!row) throw notFound('evidence');
    if (row['restricted'] === true) throw storedOnly();
    const sealed = await this.#orUnavailable(async () => {
      const bytes = await this.store.get(row['object_name'] as string);
      if (!bytes) throw new Error('the store has no such object');
      return bytes;
    });
    const file = openRecord(EVIDENCE_RECORDS, row, this.cipher).cipher.openBytes(FILE, sealed);
    return { mediaType: row['media_type'] as string, file };
  }

  async #known({ tenantId }: Principal, applicationId: string, evidenceId: string, sha256: string): Promise<KeptEvidence | undefined> {
    const { rows } = await this.database.query<Known & Record<string, unknown>>(KNOWN, [evidenceId]);
    const [row] = rows;
    if (!row) return undefined;
    if (row.applicationId !== applicationId.toLowerCase() || row.tenantId !== tenantId || row.sha256 !== sha256) throw idReused('evidence');
    const { mediaType, bytes, scan } = row;
    return { mediaType, bytes, sha256, scan };
  }

  /** Before anything is stored, as what is refused afterwards would stay in the store. */
  async #refuseTooMany(applicationId: string): Promise<void> {
    const { rows } = await this.database.query<{ files: number }>('select count(*)::int as files from evidence_record where application_id = $1', [
      applicationId,
    ]);
    if (rows[0]!.files < MAX_EVIDENCE_FILES) return;
    throw new Problem({
      status: 409,
      code: 'TOO_MANY_FILES',
      title: 'The application has as many files as it may have.',
      detail: `An application has at most ${MAX_EVIDENCE_FILES} files; put several pages into one.`,
    });
  }

  /** The store and the scanner are other systems, and may be away: the client is told to send the same again. */
  async #orUnavailable<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Problem) throw error;
      this.logger.error({ err: error }, 'a file cannot be kept, read or scanned');
      throw new Problem({
        status: 503,
        code: 'SERVICE_UNAVAILABLE',
        title: 'The file cannot be kept, read or scanned now.',
        detail: 'Send the same request again in a minute; the operator’s log says why.',
        headers: { 'retry-after': '60' },
      });
    }
  }
}

async function checkedType(file: Buffer, saidType: string): Promise<string> {
  const mediaType = await evidenceTypeOf(file);
  if (!mediaType)
    throw new Problem({
      status: 422,
      code: 'FILE_TYPE_NOT_ALLOWED',
      title: 'A file of this type is not taken.',
      detail: `What it is was seen from its content. Send one of: ${EVIDENCE_MEDIA_TYPES.join(', ')}.`,
    });
  if (mediaType === saidType) return mediaType;
  throw new Problem({
    status: 422,
    code: 'FILE_TYPE_MISMATCH',
    title: 'The file is not what the request says.',
    detail: `Its content is ${mediaType}; send that as \`content-type\`, if it is the right file.`,
  });
}
