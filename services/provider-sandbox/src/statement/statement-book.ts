import { createHash } from 'node:crypto';
import { businessDate, contentHash, type Clock } from '@millrace/contracts';
import { CLOCK, Database, idReused } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { StatementLine, StatementPage, StatementQueryDto, TransferDto } from './statement.dto.js';

const PAGE = 100;
const NAME_CHARACTERS = 16;

const COLUMNS = `line_id as "lineId", direction, amount_minor::text as "amountMinor", currency, value_on::text as "valueOn",
  to_char(booked_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "bookedAt", bank_reference as "bankReference", counterparty_name as "counterpartyName",
  counterparty_account as "counterpartyAccount", remittance, return_of as "returnOf"`;

/** One writer at a time, so that no line appears behind a cursor that a reader has already. */
const IN_ORDER = `with in_order as materialized (select pg_advisory_xact_lock(hashtext('statement_line')))`;

/** Payouts that have left the account and are not on its statement yet; those that settle late come when they have settled. */
const SHOW_PAYOUTS = `${IN_ORDER}
insert into statement_line (line_id, account, direction, amount_minor, currency, value_on, booked_at, booked_on, bank_reference, counterparty_name, counterparty_account,
  remittance, request_sha256)
select 'SD' || upper(replace(payout_id::text, '-', '')), payer_account, 'debit', amount_minor, currency, (final_at at time zone 'Asia/Shanghai')::date, final_at,
  (final_at at time zone 'Asia/Shanghai')::date, bank_reference, payee_name, payee_account, purpose, request_sha256
from in_order, payout p where payer_account = $1 and final_status = 'paid' and final_at <= $2 and not exists (
  select from statement_line l where l.line_id = 'SD' || upper(replace(p.payout_id::text, '-', '')))
order by final_at, payout_id on conflict do nothing`;

/** Debits of customers' accounts that were collected for the account and are not on its statement yet. */
const SHOW_DEBITS = `${IN_ORDER}
insert into statement_line (line_id, account, direction, amount_minor, currency, value_on, booked_at, booked_on, bank_reference, counterparty_name, counterparty_account,
  remittance, request_sha256)
select 'SB' || upper(replace(debit_id::text, '-', '')), receiver_account, 'credit', amount_minor, currency, (final_at at time zone 'Asia/Shanghai')::date, final_at,
  (final_at at time zone 'Asia/Shanghai')::date, bank_reference, payer_name, payer_account, purpose, request_sha256
from in_order, direct_debit d where receiver_account = $1 and final_status = 'collected' and final_at <= $2 and not exists (
  select from statement_line l where l.line_id = 'SB' || upper(replace(d.debit_id::text, '-', '')))
order by final_at, debit_id on conflict do nothing`;

/** Credits that were sent back from the account and are not on its statement yet. */
const SHOW_REFUNDS = `${IN_ORDER}
insert into statement_line (line_id, account, direction, amount_minor, currency, value_on, booked_at, booked_on, bank_reference, counterparty_name, counterparty_account,
  remittance, request_sha256)
select 'SR' || upper(replace(refund_id::text, '-', '')), payer_account, 'debit', amount_minor, currency, (final_at at time zone 'Asia/Shanghai')::date, final_at,
  (final_at at time zone 'Asia/Shanghai')::date, bank_reference, payee_name, payee_account, purpose, request_sha256
from in_order, refund r where payer_account = $1 and final_status = 'refunded' and final_at <= $2 and not exists (
  select from statement_line l where l.line_id = 'SR' || upper(replace(r.refund_id::text, '-', '')))
order by final_at, refund_id on conflict do nothing`;

/** Payouts that have come back to the account and are not on its statement yet; the line names the payout by the bank's reference. */
const SHOW_RETURNS = `${IN_ORDER}
insert into statement_line (line_id, account, direction, amount_minor, currency, value_on, booked_at, booked_on, bank_reference, counterparty_name, counterparty_account,
  remittance, request_sha256, return_of)
select 'SX' || upper(replace(p.payout_id::text, '-', '')), p.payer_account, 'credit', r.amount_minor, p.currency, (r.returned_at at time zone 'Asia/Shanghai')::date,
  r.returned_at, (r.returned_at at time zone 'Asia/Shanghai')::date, r.bank_reference, p.payee_name, p.payee_account, p.purpose, r.request_sha256, p.bank_reference
from in_order, payout_return r join payout p using (payout_id) where p.payer_account = $1 and r.returned_at <= $2 and not exists (
  select from statement_line l where l.line_id = 'SX' || upper(replace(p.payout_id::text, '-', '')))
order by r.returned_at, p.payout_id on conflict do nothing`;

const nameOf = (prefix: string, id: string): string => `${prefix}${createHash('sha256').update(id).digest('hex').slice(0, NAME_CHARACTERS).toUpperCase()}`;

/** The bank's book of the accounts of lenders; it outlives a restart. */
@Injectable()
export class StatementBook {
  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Books a transfer of a customer, or finds the one that came under this id before. */
  async transfer(transferId: string, transfer: TransferDto): Promise<StatementLine> {
    const sha256 = contentHash(transfer);
    const now = this.clock.now();
    const bookedOn = businessDate(now);
    const lineId = nameOf('SC', transferId);
    await this.db.query(
      `${IN_ORDER}
       insert into statement_line (line_id, account, direction, amount_minor, currency, value_on, booked_at, booked_on, bank_reference, counterparty_name,
         counterparty_account, remittance, request_sha256)
       select $1, $2, 'credit', $3::bigint, $4, $5::date, $6::timestamptz, $7::date, $8, $9, $10, $11, $12 from in_order on conflict (line_id) do nothing`,
      [
        lineId,
        transfer.account,
        transfer.amountMinor,
        transfer.currency,
        transfer.valueOn ?? bookedOn,
        now,
        bookedOn,
        transfer.bankReference ?? nameOf('BT', transferId),
        transfer.payerName,
        transfer.payerAccount,
        transfer.remittance,
        sha256,
      ],
    );
    const { rows } = await this.db.query<StatementLine & { sha256: string }>(
      `select ${COLUMNS}, request_sha256 as sha256 from statement_line where line_id = $1`,
      [lineId],
    );
    const { sha256: known, ...line } = rows[0]!;
    if (known !== sha256) throw idReused('transfer');
    return line;
  }

  /** A page of what was booked on a day, in the order in which it came. */
  async page(account: string, { day, cursor = '0', limit = PAGE }: StatementQueryDto): Promise<StatementPage> {
    for (const show of [SHOW_PAYOUTS, SHOW_DEBITS, SHOW_REFUNDS, SHOW_RETURNS]) await this.db.query(show, [account, this.clock.now()]);
    const { rows } = await this.db.query<StatementLine & { place: string }>(
      `select l.position::text as place, ${COLUMNS} from statement_line l where account = $1 and booked_on = $2 and position > $3 order by l.position limit $4`,
      [account, day, cursor, limit + 1],
    );
    const shown = rows.slice(0, limit);
    const lines = shown.map(({ place: _, ...line }) => line);
    return { account, day, lines, nextCursor: shown.at(-1)?.place ?? cursor, more: rows.length > limit };
  }
}
