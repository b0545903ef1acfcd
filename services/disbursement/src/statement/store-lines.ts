import { newId, StatementLineStored, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { BrokenSealError, CLOCK, FieldCipher, LOGGER, sealRecord, type StoredRow } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { openPayee } from '../payee/payee-record.js';
import { fieldsOf, isOfParty, LINE_PARTIES } from './line-party.js';
import { namedLoan } from './named-loan.js';
import { settleReturn } from './settle-return.js';
import { StatementDays, type DayToRead } from './statement-days.js';
import type { ShownLine, StatementPage } from './statement-page.js';

const KNOWN = `
select l.bank_line_id as "bankLineId", l.direction, l.amount_minor::text as "amountMinor", l.currency, l.value_on::text as "valueOn", l.booked_at as "bookedAt",
  l.bank_reference as "bankReference", l.return_of as "returnOf", l.account, p.* from bank_line l join bank_line_party p on p.line_id = l.line_id
where l.tenant_id = $1 and l.bank_line_id = any($2::text[]) and l.account = $3`;

/** Loans of this lender that were ordered to be paid out, with the accounts that their borrowers have given. */
const LOANS = `
select distinct on (o.loan_id) o.loan_id as "loanId", o.application_id as "applicationId",
  (select coalesce(json_agg(to_json(p.*)), '[]') from payee p where p.tenant_id = o.tenant_id and p.application_id = o.application_id) as payees
from payout o where o.tenant_id = $1 and o.loan_id = any($2::uuid[]) order by o.loan_id`;

/** Another worker may store the same line at the same time: it is stored, and told, by one of the two. */
const STORE = `
with lines as (
  select * from jsonb_to_recordset($5) as l(line_id uuid, bank_line_id text, direction text, amount_minor bigint, currency text, value_on date, booked_at timestamptz,
    bank_reference text, loan_id uuid, application_id uuid, payer_is_borrower boolean, return_of text, wrapped_key text, content_index text, party_name text, party_account text, remittance text)
), stored as (
  insert into bank_line (line_id, tenant_id, bank_line_id, account, direction, amount_minor, currency, value_on, booked_at, statement_day, bank_reference, loan_id,
    application_id, payer_is_borrower, return_of, stored_at)
  select line_id, $1, bank_line_id, $2, direction, amount_minor, currency, value_on, booked_at, $3, bank_reference, loan_id, application_id, payer_is_borrower, return_of, $4 from lines
  on conflict (tenant_id, account, bank_line_id) do nothing returning line_id
), parties as (
  insert into bank_line_party (line_id, tenant_id, wrapped_key, content_index, party_name, party_account, remittance)
  select l.line_id, $1, l.wrapped_key, l.content_index, l.party_name, l.party_account, l.remittance from lines l join stored using (line_id)
)
select line_id from stored`;

type KnownLine = Omit<ShownLine, 'partyName' | 'partyAccount' | 'remittance'> & StoredRow & { readonly account: string };

interface NamedLoan {
  readonly loanId: string;
  readonly applicationId: string;
  readonly payees: readonly StoredRow[];
}

/** A line that is to be stored, with what is told of it unless it brings a transfer of ours back. */
interface LineDraft {
  readonly row: StoredRow;
  readonly event: StatementLineStored;
  readonly returnOf: string | null;
}

/** Stores what a page shows, each line once, with the event that tells of it and the place that the page leads to, in one transaction (M-EV-01, S16). */
@Injectable()
export class StoreLines {
  constructor(
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(StatementDays) private readonly days: StatementDays,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** False where another worker has read on meanwhile, which has stored the same lines. */
  store(place: DayToRead, { lines, nextCursor }: StatementPage): Promise<boolean> {
    return this.runner.run({ actor: { kind: 'system', id: 'disbursement' }, causationId: newId() }, async (tx) => {
      if (!(await this.days.advance(tx, place, nextCursor))) return false;
      if (lines.length > 0) await this.#storeNew(tx, place, lines);
      return true;
    });
  }

  async #storeNew(tx: EventTransaction, place: DayToRead, shown: readonly ShownLine[]): Promise<void> {
    const { tenantId, account, day } = place;
    const { rows: known } = await tx.query<KnownLine>(KNOWN, [tenantId, shown.map(({ bankLineId }) => bankLineId), account]);
    const knownById = new Map(known.map((line) => [line.bankLineId, line]));
    const fresh = new Map<string, ShownLine>();
    for (const line of shown) {
      const before = knownById.get(line.bankLineId);
      if (before) await this.#compare(tx, place, before, line);
      // A page that shows a line twice, and differently, is seen when the day is read anew.
      else if (!fresh.has(line.bankLineId)) fresh.set(line.bankLineId, line);
    }
    if (fresh.size === 0) return;
    const loans = await this.#loans(tx, tenantId, [...fresh.values()]);
    const drafts = [...fresh.values()].map((line) => this.#draft(tenantId, line, loans));
    const { rows } = await tx.query<{ line_id: string }>(STORE, [tenantId, account, day, this.clock.now(), JSON.stringify(drafts.map(({ row }) => row))]);
    const stored = new Set(rows.map(({ line_id: id }) => id));
    for (const { row, event, returnOf } of drafts) {
      if (!stored.has(event.lineId)) continue;
      if (returnOf === null) tx.emit(event);
      else await this.#giveBack(tx, event, returnOf, (row['loan_id'] as string | null) ?? null);
    }
  }

  /** What the bank says is a transfer of ours coming back is told of as that, and as nobody's repayment. */
  async #giveBack(tx: EventTransaction, event: StatementLineStored, returnOf: string, loanId: string | null): Promise<void> {
    const { lineId, tenantId, amountMinor, currency, valueOn, bookedAt, bankReference } = event;
    const line = { lineId, tenantId, amountMinor, currency, valueOn, bookedAt: new Date(bookedAt), bankReference, returnOf, loanId };
    await settleReturn(tx, line, this.clock.now());
  }

  /** The same line again says the same; another content is recorded once, and changes nothing. */
  async #compare(tx: EventTransaction, { account }: DayToRead, before: KnownLine, line: ShownLine): Promise<void> {
    const same =
      before.account === account &&
      before.direction === line.direction &&
      before.amountMinor === line.amountMinor &&
      before.currency === line.currency &&
      before.valueOn === line.valueOn &&
      before.bookedAt.getTime() === line.bookedAt.getTime() &&
      before.bankReference === line.bankReference &&
      before.returnOf === line.returnOf &&
      this.#isOfParty(before, line);
    if (same) return;
    const lineId = before['line_id'];
    const { rowCount } = await tx.query('insert into bank_line_conflict (line_id, seen_at) values ($1, $2) on conflict do nothing', [lineId, this.clock.now()]);
    if (rowCount) this.logger.error({ lineId }, 'the bank shows a line of the statement with another content than before: a person has to look');
  }

  /** A record that does not open any more is no proof that the line is the same: a person has to look, and the statement goes on. */
  #isOfParty(before: KnownLine, line: ShownLine): boolean {
    try {
      return isOfParty(before, line, this.cipher);
    } catch (error) {
      if (error instanceof BrokenSealError) return false;
      throw error;
    }
  }

  async #loans(tx: EventTransaction, tenantId: string, lines: readonly ShownLine[]): Promise<ReadonlyMap<string, NamedLoan>> {
    const named = lines.flatMap(({ remittance }) => namedLoan(remittance) ?? []);
    if (named.length === 0) return new Map();
    const { rows } = await tx.query<NamedLoan & Record<string, unknown>>(LOANS, [tenantId, named]);
    return new Map(rows.map((loan) => [loan.loanId, loan]));
  }

  #draft(tenantId: string, line: ShownLine, loans: ReadonlyMap<string, NamedLoan>): LineDraft {
    const { returnOf, bankLineId, direction, amountMinor, currency, valueOn, bookedAt, bankReference } = line;
    const lineId = newId();
    const loanId = namedLoan(line.remittance);
    const loan = loanId === undefined ? undefined : loans.get(loanId);
    const applicationId = loan?.applicationId;
    const payerIsBorrower = loan && direction === 'credit' ? this.#isBorrowers(line.partyAccount, loan) : undefined;
    const own = { line_id: lineId, tenant_id: tenantId };
    const sealed = sealRecord(LINE_PARTIES, own, fieldsOf(line), this.cipher);
    const row = {
      ...own,
      ...sealed,
      bank_line_id: bankLineId,
      direction,
      amount_minor: amountMinor,
      currency,
      value_on: valueOn,
      booked_at: bookedAt.toISOString(),
      bank_reference: bankReference,
      loan_id: loanId ?? null,
      application_id: applicationId ?? null,
      payer_is_borrower: payerIsBorrower ?? null,
      return_of: returnOf,
    };
    const event = new StatementLineStored({
      storyId: applicationId ?? lineId,
      ...(applicationId === undefined ? {} : { applicationId }),
      ...(loanId === undefined ? {} : { loanId }),
      lineId,
      tenantId,
      direction,
      amountMinor,
      currency,
      valueOn,
      bookedAt: bookedAt.toISOString(),
      bankReference,
      ...(payerIsBorrower === undefined ? {} : { payerIsBorrower }),
    });
    return { row, event, returnOf };
  }

  /** Undefined where it cannot be said: there is no record of an account that can be trusted. */
  #isBorrowers(partyAccount: string, { payees }: NamedLoan): boolean | undefined {
    const accounts = payees.flatMap((payee) => {
      try {
        return openPayee(payee, this.cipher).accountNumber;
      } catch (error) {
        if (error instanceof BrokenSealError) return [];
        throw error;
      }
    });
    return accounts.length === 0 ? undefined : accounts.includes(partyAccount);
  }
}
