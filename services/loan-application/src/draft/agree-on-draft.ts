import type { Clock, ConsentType } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, idReused, notFound, Problem, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { SubmissionRefusal } from '../request/submission-refusal.js';
import { consentTextRefusal } from '../text/consent-text-policy.js';
import { shownDisclosures } from '../text/shown-disclosures.js';
import { AdvanceDraft } from './advance-draft.js';
import type { GiveConsentDto, ShowPageDto, WithdrawDraftConsentDto } from './draft.dto.js';
import { lockOwn } from './save-draft.js';

const CONSENT = `select application_id as "applicationId", type, text_version as "textVersion", text_sha256 as "textSha256", granted_at as "grantedAt", withdrawn_at as "withdrawnAt"
from draft_consent where consent_id = $1`;
const GIVE = `insert into draft_consent (consent_id, application_id, type, text_version, text_sha256, granted_at, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)
on conflict do nothing`;
const WITHDRAW = 'update draft_consent set withdrawn_at = $2 where consent_id = $1';
const VIEW = `select application_id as "applicationId", text_sha256 as "textSha256", shown_at as "shownAt", ticked_at as "tickedAt" from draft_disclosure where view_id = $1`;
const SHOW = `insert into draft_disclosure (view_id, application_id, type, text_version, text_id, text_sha256, shown_at, ticked_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`;
const TICK = 'update draft_disclosure set ticked_at = $2 where view_id = $1';

interface StoredConsent {
  readonly applicationId: string;
  readonly type: ConsentType;
  readonly textVersion: string;
  readonly textSha256: string;
  readonly grantedAt: Date;
  readonly withdrawnAt: Date | null;
}

interface StoredView {
  readonly applicationId: string;
  readonly textSha256: string;
  readonly shownAt: Date;
  readonly tickedAt: Date | null;
}

const sameInstant = (stored: Date, said: string): boolean => stored.getTime() === new Date(said).getTime();

/** Consents and pages of a draft, one by one, each to a text that the lender has published (R-LE-01, R-AP-12). */
@Injectable()
export class AgreeOnDraft {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceDraft,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  give(principal: Principal, applicationId: string, consentId: string, body: GiveConsentDto): Promise<void> {
    return this.#change(principal, applicationId, async (tx) => {
      const draft = await lockOwn(tx, this.advance, principal, applicationId);
      const [known] = (await tx.query<StoredConsent & Record<string, unknown>>(CONSENT, [consentId])).rows;
      if (known) return refuseOther(known, applicationId, body);
      const refusal = consentTextRefusal([body], 'published') ?? inFuture(body.grantedAt, this.clock.now(), 'grantedAt');
      if (refusal) throw problemOf({ ...refusal, field: refusal.field?.replace('consents.0.', '') ?? 'grantedAt' });
      const evidence = { consents: [{ consentId, type: body.type }] };
      await this.advance.advance(tx, draft, { trigger: 'ConsentGiven', reason: 'FILLED_IN', evidence });
      const row = [consentId, applicationId, body.type, body.textVersion, body.textSha256, body.grantedAt, this.clock.now()];
      const { rowCount } = await tx.query(GIVE, row);
      if (!rowCount) throw givenAlready(body.type);
    });
  }

  /** As the consent was given: by itself, at any time before the submission (G-PI-01). */
  withdraw(principal: Principal, applicationId: string, consentId: string, { withdrawnAt }: WithdrawDraftConsentDto): Promise<void> {
    return this.#change(principal, applicationId, async (tx) => {
      const draft = await lockOwn(tx, this.advance, principal, applicationId);
      const [known] = (await tx.query<StoredConsent & Record<string, unknown>>(CONSENT, [consentId])).rows;
      if (known?.applicationId !== applicationId.toLowerCase()) throw notFound('consent');
      if (known.withdrawnAt) return;
      const refusal = inFuture(withdrawnAt, this.clock.now(), 'withdrawnAt');
      if (refusal) throw problemOf(refusal);
      const evidence = { consents: [{ consentId, type: known.type }] };
      await this.advance.advance(tx, draft, { trigger: 'ConsentWithdrawn', reason: 'CONSENT_REVOKED', evidence });
      await tx.query(WITHDRAW, [consentId, withdrawnAt]);
    });
  }

  /** A page was shown and, then or by a later call under the same id, ticked. */
  show(principal: Principal, applicationId: string, viewId: string, body: ShowPageDto): Promise<void> {
    return this.#change(principal, applicationId, async (tx) => {
      const draft = await lockOwn(tx, this.advance, principal, applicationId);
      const [known] = (await tx.query<StoredView & Record<string, unknown>>(VIEW, [viewId])).rows;
      if (known && isSaid(known, applicationId, body)) return;
      if (known?.tickedAt || (known && !isSameView(known, applicationId, body))) throw idReused('page');
      const refusal = pageRefusal(body, this.clock.now());
      if (refusal) throw problemOf(refusal);
      const [shown] = shownDisclosures([body], []);
      await this.advance.advance(tx, draft, { trigger: 'PageShown', reason: 'FILLED_IN', evidence: { disclosuresShown: [shown!] } });
      if (known) await tx.query(TICK, [viewId, body.tickedAt]);
      else
        await tx.query(SHOW, [viewId, applicationId, shown!.type, shown!.textVersion, shown!.textId, shown!.textSha256, body.shownAt, body.tickedAt ?? null]);
    });
  }

  async #change(principal: Principal, applicationId: string, work: (tx: EventTransaction) => Promise<void>): Promise<void> {
    await this.runner.runInTurn(applicationId, contextOf(principal), work);
  }
}

function refuseOther(known: StoredConsent, applicationId: string, { type, textVersion, textSha256, grantedAt }: GiveConsentDto): void {
  const same = known.applicationId === applicationId.toLowerCase() && known.type === type && known.textVersion === textVersion;
  if (!same || known.textSha256 !== textSha256 || !sameInstant(known.grantedAt, grantedAt)) throw idReused('consent');
}

function isSameView(known: StoredView, applicationId: string, { textSha256, shownAt }: ShowPageDto): boolean {
  return known.applicationId === applicationId.toLowerCase() && known.textSha256 === textSha256 && sameInstant(known.shownAt, shownAt);
}

/** True where the row says all that the call says. */
function isSaid(known: StoredView, applicationId: string, body: ShowPageDto): boolean {
  if (!isSameView(known, applicationId, body)) return false;
  return body.tickedAt === undefined || (known.tickedAt !== null && sameInstant(known.tickedAt, body.tickedAt));
}

function pageRefusal({ shownAt, tickedAt }: ShowPageDto, now: Date): SubmissionRefusal | undefined {
  const late = inFuture(shownAt, now, 'shownAt') ?? (tickedAt === undefined ? undefined : inFuture(tickedAt, now, 'tickedAt'));
  if (late || tickedAt === undefined || new Date(tickedAt) >= new Date(shownAt)) return late;
  const [title, detail] = ['The page was ticked before it was shown.', 'Show the whole page first, and send both instants.'];
  return { status: 422, code: 'TICKED_BEFORE_SHOWN', title, detail, field: 'tickedAt' };
}

function inFuture(said: string, now: Date, field: string): SubmissionRefusal | undefined {
  if (new Date(said) <= now) return undefined;
  const [title, detail] = ['An instant lies in the future.', 'Send the instant at which it happened.'];
  return { status: 422, code: 'INSTANT_IN_FUTURE', title, detail, field };
}

function problemOf({ status, code, title, detail, field = '' }: SubmissionRefusal): Problem {
  return new Problem({ status, code, title, detail, errors: [{ field, message: detail }] });
}

const givenAlready = (type: string): Problem =>
  new Problem({
    status: 409,
    code: 'CONSENT_GIVEN_ALREADY',
    title: 'A consent of this type stands already.',
    detail: `Withdraw the ${type} that stands first; GET the draft shows it.`,
  });
