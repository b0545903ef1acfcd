import { CurrentPrincipal, Database, FieldCipher, notFound, requireRight, type Principal } from '@millrace/service';
import { Controller, Get, Inject, Param, ParseUUIDPipe } from '@nestjs/common';
import { payoutView, READ_PAYOUTS, type PayoutView, type PayoutViewRow } from './payout-view.js';

const KNOWN = 'select 1 from payee where tenant_id = $2 and application_id = $1 limit 1';

/** Payouts, for staff; partners get the outcome from the application itself. */
@Controller('payouts')
export class PayoutController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
  ) {}

  /** Every payout of an application with all that was done about it, and the payee masked; empty where none was ordered yet. */
  @Get(':applicationId')
  async list(@CurrentPrincipal() principal: Principal, @Param('applicationId', ParseUUIDPipe) applicationId: string): Promise<{ items: PayoutView[] }> {
    requireRight(principal, 'payout');
    const place = [applicationId, principal.tenantId];
    const { rows } = await this.database.query<PayoutViewRow>(READ_PAYOUTS, place);
    // Each application brings its payee before it is submitted: without one, there is no such application here.
    if (rows.length === 0 && !(await this.database.query(KNOWN, place)).rowCount) throw notFound('application');
    return { items: rows.map((row) => payoutView(row, this.cipher)) };
  }
}
