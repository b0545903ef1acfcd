import type { DebitAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, notFound, requireRight, type Principal } from '@millrace/service';
import { Controller, Get, Inject, Param, ParseUUIDPipe } from '@nestjs/common';

const KNOWN = 'select currency from loan where loan_id = $1 and tenant_id = $2';
const TRIES = `
select debit_id as "debitId", due_on::text as "dueOn", try_number as "tryNumber", try_on::text as "tryOn", state, amount_minor::text as "amountMinor",
  reason_code as "reasonCode", bank_reference as "bankReference", ordered_at as "orderedAt", ended_at as "endedAt"
from debit where loan_id = $1 order by due_on desc, try_number desc limit 500`;

type TryRow = Omit<DebitAnswer, 'currency' | 'orderedAt' | 'endedAt'> & { readonly orderedAt: Date | null; readonly endedAt: Date | null };

/** Debits of a loan, for staff; partners see the money when it has come in. */
@Controller('loans/:loanId/debits')
export class DebitController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Get()
  async list(@CurrentPrincipal() principal: Principal, @Param('loanId', ParseUUIDPipe) loanId: string): Promise<{ items: DebitAnswer[] }> {
    requireRight(principal, 'payout');
    const { rows: loans } = await this.database.query<{ currency: string }>(KNOWN, [loanId, principal.tenantId]);
    const [loan] = loans;
    if (!loan) throw notFound('loan');
    const { rows } = await this.database.query<TryRow & Record<string, unknown>>(TRIES, [loanId]);
    const items = rows.map(({ orderedAt, endedAt, ...row }) => ({
      ...row,
      ...loan,
      orderedAt: orderedAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
    }));
    return { items };
  }
}
