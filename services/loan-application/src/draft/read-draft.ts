import type { ConsentType, Disclosure } from '@millrace/contracts';
import type { DraftConsentAnswer, DraftDisclosureAnswer } from '@millrace/contracts/api';
import { Database, notFound, type Principal } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import { isOwnDraft } from './advance-draft.js';
import { Draft } from './draft.entity.js';

/** A draft with what was agreed to and seen. */
export interface DraftFile {
  readonly draft: Draft;
  /** In the order in which they were given, those that were withdrawn among them. */
  readonly consents: readonly DraftConsentAnswer[];
  readonly disclosures: readonly DraftDisclosureAnswer[];
}

interface ConsentRow {
  readonly consentId: string;
  readonly type: ConsentType;
  readonly textVersion: string;
  readonly textSha256: string;
  readonly grantedAt: Date;
  readonly withdrawnAt: Date | null;
}

interface DisclosureRow {
  readonly viewId: string;
  readonly type: Disclosure;
  readonly textVersion: string;
  readonly textId: string;
  readonly textSha256: string;
  readonly shownAt: Date;
  readonly tickedAt: Date | null;
}

const CONSENTS = `select consent_id as "consentId", type, text_version as "textVersion", text_sha256 as "textSha256", granted_at as "grantedAt", withdrawn_at as "withdrawnAt"
from draft_consent where application_id = $1 order by recorded_at, type`;
const DISCLOSURES = `select view_id as "viewId", type, text_version as "textVersion", text_id as "textId", text_sha256 as "textSha256", shown_at as "shownAt", ticked_at as "tickedAt"
from draft_disclosure where application_id = $1 order by shown_at, type`;

/** Reads drafts, for whoever fills them in. */
@Injectable()
export class ReadDraft {
  readonly #select: string;

  constructor(private readonly db: Database) {
    this.#select = `select ${db.columns(Draft, 'd')} from draft d where d.application_id = $1`;
  }

  /** Whoever's it is. */
  async find(applicationId: string): Promise<Draft | undefined> {
    return (await this.db.query<Draft & Record<string, unknown>>(this.#select, [applicationId])).rows[0];
  }

  /** Undefined for an unknown id and for another partner's alike (R-OP-06). */
  async own(principal: Principal, applicationId: string): Promise<Draft | undefined> {
    const draft = await this.find(applicationId);
    return draft && isOwnDraft(draft, principal) ? draft : undefined;
  }

  /** Throws `NOT_FOUND` where {@link own} has none. */
  async file(principal: Principal, applicationId: string): Promise<DraftFile> {
    const draft = await this.own(principal, applicationId);
    if (!draft) throw notFound('draft');
    const consents = await this.db.query<ConsentRow & Record<string, unknown>>(CONSENTS, [applicationId]);
    const disclosures = await this.db.query<DisclosureRow & Record<string, unknown>>(DISCLOSURES, [applicationId]);
    return {
      draft,
      consents: consents.rows.map((row) => ({ ...row, grantedAt: row.grantedAt.toISOString(), withdrawnAt: row.withdrawnAt?.toISOString() ?? null })),
      disclosures: disclosures.rows.map((row) => ({ ...row, shownAt: row.shownAt.toISOString(), tickedAt: row.tickedAt?.toISOString() ?? null })),
    };
  }
}
