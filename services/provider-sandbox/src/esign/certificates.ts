import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { Clock } from '@millrace/contracts';
import { CLOCK, Database } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';

interface CertificateRow {
  readonly serial: string;
  readonly public_key_pem: string;
  readonly private_key_pem: string;
  readonly issued_at: Date;
}

/** A signature with the certificate that proves it. */
export interface Signature {
  readonly certificateSerial: string;
  /** Base64 of the Ed25519 signature over the 32 bytes of the hash. */
  readonly signature: string;
}

/** The public part of a certificate. */
export interface CertificateView {
  readonly serial: string;
  readonly algorithm: 'Ed25519';
  readonly publicKeyPem: string;
  readonly issuedAt: string;
}

const COLUMNS = 'serial, public_key_pem, private_key_pem, issued_at';

/** One key pair for each signer, made at its first signature and kept for good. */
@Injectable()
export class Certificates {
  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Signs a document's SHA-256 (hex) for a firm, by its code, or for a person, by its reference. */
  async sign(signer: string, documentSha256: string): Promise<Signature> {
    const certificate = (await this.#read('signer_uscc = $1', signer)) ?? (await this.#issue(signer));
    const signature = sign(null, Buffer.from(documentSha256, 'hex'), certificate.private_key_pem);
    return { certificateSerial: certificate.serial, signature: signature.toString('base64') };
  }

  async find(serial: string): Promise<CertificateView | undefined> {
    const certificate = await this.#read('serial = $1', serial);
    return certificate && { serial, algorithm: 'Ed25519', publicKeyPem: certificate.public_key_pem, issuedAt: certificate.issued_at.toISOString() };
  }

  async #read(condition: string, value: string): Promise<CertificateRow | undefined> {
    const { rows } = await this.db.query<CertificateRow & Record<string, unknown>>(`select ${COLUMNS} from certificate where ${condition}`, [value]);
    return rows[0];
  }

  async #issue(signerUscc: string): Promise<CertificateRow> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const serial = randomUUID().replaceAll('-', '').toUpperCase();
    await this.db.query(
      'insert into certificate (serial, signer_uscc, public_key_pem, private_key_pem, issued_at) values ($1, $2, $3, $4, $5) on conflict do nothing',
      [serial, signerUscc, publicKey, privateKey, this.clock.now()],
    );
    // Two first signatures at once share the certificate that came first.
    return (await this.#read('signer_uscc = $1', signerUscc))!;
  }
}
