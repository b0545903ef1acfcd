import type { Clock } from '@millrace/contracts';
import type { ContactOutcome } from '@millrace/contracts/api';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, idReused, notFound, Problem, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { lockPursued } from './open-case.js';
import { readContact, type ContactView } from './read-contacts.js';

const KNOWN = 'select outcome from collection_contact_outcome where loan_id = $1 and contact_id = $2 and outcome_id = $3';
const INSERT = 'insert into collection_contact_outcome (loan_id, contact_id, outcome_id, outcome, told_at, told_by) values ($1, $2, $3, $4, $5, $6)';

/** Writes down how a contact has gone; the last word counts and all are kept. */
@Injectable()
export class TellOutcome {
  constructor(
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `FORBIDDEN`, `NOT_FOUND`, `ID_REUSED` and `CONTACT_NOT_MADE`. */
  tell(principal: Principal, loanId: string, contactId: string, outcomeId: string, outcome: ContactOutcome): Promise<ContactView> {
    requireRole(principal, 'collector');
    return this.runner.runInTurn(loanId, contextOf(principal), (tx) => this.#tell(tx, principal, loanId, contactId, outcomeId, outcome));
  }

  async #tell(tx: EventTransaction, principal: Principal, loanId: string, contactId: string, outcomeId: string, outcome: ContactOutcome): Promise<ContactView> {
    await lockPursued(tx, principal, loanId);
    const contact = await readContact(tx, loanId, contactId);
    if (!contact) throw notFound('contact');
    if (contact.block !== null) throw notMade();
    const { rows } = await tx.query<{ outcome: string }>(KNOWN, [loanId, contactId, outcomeId]);
    if (rows[0] && rows[0].outcome !== outcome) throw idReused('contact outcome');
    if (rows[0]) return contact;
    await tx.query(INSERT, [loanId, contactId, outcomeId, outcome, this.clock.now(), principal.id]);
    return { ...contact, outcome };
  }
}

function notMade(): Problem {
  return new Problem({
    status: 409,
    code: 'CONTACT_NOT_MADE',
    title: 'The contact was not allowed, so that it has no outcome.',
    detail: 'Ask for another contact under an id of its own. Nothing was changed.',
  });
}
