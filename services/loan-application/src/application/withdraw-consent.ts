import { ConsentRevoked, type Clock, type ConsentType } from '@millrace/contracts';
import type { ConsentWithdrawalAnswer } from '@millrace/contracts/api';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, Database, notFound, Problem, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { claimRequest } from '../request/claim-request.js';
import { AdvanceApplication } from './advance-application.js';
import type { Application } from './application.entity.js';
import type { WithdrawConsentDto } from './consent-withdrawal.dto.js';
import { ReadApplications } from './read-applications.js';

/** What the withdrawal of a consent leads to. */
export type WithdrawalEffect = ConsentWithdrawalAnswer['effect'];

interface GivenConsent {
  readonly consentId: string;
  readonly type: ConsentType;
  readonly needed: boolean;
}

/** A guarantor gives no consent that nothing needs. */
const GIVEN = `select c.consent_id as "consentId", c.type, c.guarantor_id is not null or c.type = any(p.required_consents) as needed
from consent c join application a using (application_id) join product p on p.product_code = a.product_code and p.version = a.product_version
where c.application_id = $1 and c.consent_id = $2`;
const RECORD = `insert into consent_withdrawal (consent_id, application_id, withdrawal_id, effect, withdrawn_at) values ($1, $2, $3, $4, $5) on conflict (consent_id) do nothing`;
const READ = `select w.withdrawal_id as "withdrawalId", w.application_id as "applicationId", w.consent_id as "consentId", c.type, w.effect, w.withdrawn_at as "withdrawnAt"
from consent_withdrawal w join consent c using (consent_id) where w.application_id = $1 and w.consent_id = $2`;

/** Takes a consent back (G-PI-01): before the contract is signed the application ends where the product needs the consent; no source is asked under it any more. */
@Injectable()
export class WithdrawConsent {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly applications: ReadApplications,
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async withdraw(principal: Principal, applicationId: string, withdrawalId: string, body: WithdrawConsentDto): Promise<ConsentWithdrawalAnswer> {
    await this.applications.find(principal, applicationId);
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      const request = { resource: 'consent withdrawal', requestId: withdrawalId, applicationId, body };
      if (await claimRequest(tx, principal, request, this.clock.now())) await this.#withdraw(tx, application, withdrawalId, body.consentId);
    });
    const { rows } = await this.database.query<Omit<ConsentWithdrawalAnswer, 'withdrawnAt'> & { withdrawnAt: Date }>(READ, [applicationId, body.consentId]);
    const [row] = rows;
    return { ...row!, withdrawnAt: row!.withdrawnAt.toISOString() };
  }

  async #withdraw(tx: EventTransaction, application: Application, withdrawalId: string, consentId: string): Promise<void> {
    const { applicationId } = application;
    const { rows } = await tx.query<GivenConsent & Record<string, unknown>>(GIVEN, [applicationId, consentId]);
    const [consent] = rows;
    if (!consent) throw notFound('consent');
    const effect = effectOf(application, consent);
    const now = this.clock.now();
    const { rowCount } = await tx.query(RECORD, [consent.consentId, applicationId, withdrawalId, effect, now]);
    if (!rowCount) throw withdrawnAlready();
    const evidence = { withdrawalId, consents: [{ consentId: consent.consentId, type: consent.type }] };
    const revoked = {
      consentId: consent.consentId,
      type: consent.type,
      revokedAt: now.toISOString(),
      storedOnly: effect === 'cancelled' || effect === 'ended_before',
    };
    if (effect === 'cancelled')
      return void (await this.advance.advance(tx, application, { trigger: 'ConsentRevoked', reason: 'CONSENT_REVOKED', evidence, revoked }));
    await this.advance.note(tx, application, 'ConsentRevoked', 'CONSENT_REVOKED', evidence);
    tx.emit(new ConsentRevoked({ applicationId, ...revoked }));
  }
}

function effectOf({ status }: Application, { needed }: GivenConsent): WithdrawalEffect {
  if (APPLICATION_PROCESS.takes(status, 'ConsentRevoked')) return needed ? 'cancelled' : 'goes_on';
  return status === 'COMPLETED' ? 'contract_stands' : 'ended_before';
}

const withdrawnAlready = (): Problem =>
  new Problem({
    status: 409,
    code: 'CONSENT_WITHDRAWN_ALREADY',
    title: 'The consent is withdrawn already.',
    detail: 'Nothing was changed; GET …/consents shows since when.',
  });
