import { businessDate, contentHash, type Clock, type ContactBlock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import type { CollectionParameters } from '@millrace/policy';
import { CLOCK, contextOf, idReused, Problem, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { isBound, judgeContact } from '../collection-case/judge-contact.js';
import { countContact, debtorKey, guarantorKey, logContact } from '../collection-case/log-contact.js';
import { guarantorOf } from '../guarantee/guarantees.js';
import { rulesOn } from '../standing/rules-on.js';
import { claimedByOther } from './case-problems.js';
import type { MakeContactDto } from './collection.dto.js';
import { contactBlocked } from './contact-blocked.js';
import { lockPursued, noArrears, type PursuedLoan } from './open-case.js';
import { readContact, type ContactView } from './read-contacts.js';

/** The answer to a contact: new, or known already and as it stands now. */
export interface MadeContact {
  readonly isNew: boolean;
  readonly view: ContactView;
}

const KNOWN = 'select content_sha256 as "contentSha256" from collection_contact where loan_id = $1 and contact_id = $2';

/** Allows a contact about arrears or blocks it, and writes either down (S17, M-CO-02 to M-CO-04). */
@Injectable()
export class MakeContact {
  constructor(
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `FORBIDDEN`, `NOT_FOUND`, `ID_REUSED`, `NO_ARREARS`, `CLAIMED_BY_OTHER`, `NOT_WITH_AGENCY`, and `CONTACT_…` for a try that is blocked, once that is written down. */
  async make(principal: Principal, loanId: string, contactId: string, body: MakeContactDto): Promise<MadeContact> {
    requireRole(principal, 'collector');
    const { rules, ...made } = await this.runner.runInTurn(loanId, contextOf(principal), (tx) => this.#make(tx, principal, loanId, contactId, body));
    if (made.view.block !== null) throw contactBlocked(made.view.block, rules);
    return made;
  }

  async #make(
    tx: EventTransaction,
    principal: Principal,
    loanId: string,
    contactId: string,
    body: MakeContactDto,
  ): Promise<MadeContact & { readonly rules: CollectionParameters }> {
    const loan = await lockPursued(tx, principal, loanId);
    const now = this.clock.now();
    const rules = rulesOn(loan.policyVersion, businessDate(now)).collection;
    const contentSha256 = contentHash(body);
    const { rows } = await tx.query<{ contentSha256: string }>(KNOWN, [loanId, contactId]);
    if (rows[0] && rows[0].contentSha256 !== contentSha256) throw idReused('contact');
    if (!rows[0]) await this.#log(tx, principal, loan, { ...body, contactId, contentSha256 }, rules, now);
    return { isNew: !rows[0], rules, view: (await readContact(tx, loanId, contactId))! };
  }

  async #log(
    tx: EventTransaction,
    principal: Principal,
    loan: PursuedLoan,
    contact: MakeContactDto & { readonly contactId: string; readonly contentSha256: string },
    rules: CollectionParameters,
    now: Date,
  ): Promise<void> {
    const { contactId, contentSha256, channel, party, guarantorId, madeBy = 'lender' } = contact;
    const { applicationId, loanId, caseId, collector, agency } = loan;
    if (caseId === null) throw noArrears();
    if (collector !== null && collector !== principal.id) throw claimedByOther(collector);
    if (madeBy === 'agency' && agency === null) throw notWithAgency();
    const block = await this.#blockOf(tx, loan, contact, rules, now);
    const facts = { applicationId, loanId, caseId, contactId, channel, party, guarantorId, madeBy };
    await logContact(tx, { ...facts, block, contentSha256, triedAt: now, triedBy: principal.id });
  }

  async #blockOf(
    tx: EventTransaction,
    loan: PursuedLoan,
    { channel, party, guarantorId }: MakeContactDto,
    rules: CollectionParameters,
    now: Date,
  ): Promise<ContactBlock | null> {
    const partyKey = party === 'debtor' ? debtorKey(loan.uscc) : await keyOfGuarantor(tx, loan, guarantorId);
    const block = judgeContact({ channel, isPartyKnown: partyKey !== undefined, at: now }, rules);
    if (partyKey === undefined || block !== null || !isBound(channel)) return block;
    return (await countContact(tx, loan.tenantId, partyKey, businessDate(now), rules.contactsPerDay)) ? null : 'DAILY_LIMIT';
  }
}

/** One for all loans that a guarantor stands for. */
async function keyOfGuarantor(tx: EventTransaction, { loanId }: PursuedLoan, guaranteeId: string | undefined): Promise<string | undefined> {
  const reference = guaranteeId === undefined ? undefined : await guarantorOf(tx, loanId, guaranteeId.toLowerCase());
  return reference === undefined ? undefined : guarantorKey(reference);
}

function notWithAgency(): Problem {
  return new Problem({
    status: 409,
    code: 'NOT_WITH_AGENCY',
    title: 'The case is not handed over to an agency.',
    detail: 'Hand it over first, or send the contact as the lender’s own. Nothing was changed.',
  });
}
