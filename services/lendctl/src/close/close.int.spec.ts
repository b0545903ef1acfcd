import { LoanActivated, newId } from '@millrace/contracts';
import { postLoanMonitoring } from '@millrace/post-loan-monitoring';
import type { ServiceDefinition } from '@millrace/service';
import { TestService } from '@millrace/testing';
import { environmentOf } from '../../test/quiet-installation.js';
import { runLendctl } from '../../test/run-lendctl.js';

const loanOf = (tenantId: string): LoanActivated =>
  new LoanActivated({
    applicationId: newId(),
    loanId: newId(),
    contractId: newId(),
    payoutId: newId(),
    tenantId,
    partnerId: 'partner-1',
    uscc: '91990100MA0TE00010',
    principalMinor: '30000000',
    currency: 'CNY',
    rateBps: 635,
    tenorMonths: 12,
    repaymentMethod: 'equal_instalment',
    dayCount: 'periodic',
    disbursedOn: '2026-03-02',
    policyVersion: 'online_microloan.v0',
  });

test('R-CR-07: an operator closes what waits for every tenant, no date before its end, and sees where each is', async () => {
  const test = await TestService.start(postLoanMonitoring);
  try {
    const loans = [loanOf('t1'), loanOf('t2')];
    for (const loan of loans) await test.deliver(loan);
    const surroundings = { environment: environmentOf(test.database, [postLoanMonitoring as unknown as ServiceDefinition]), clock: test.clock };
    await test.whileDown(async () => {
      test.clock.set(new Date('2026-04-05T01:00:00Z'));
      const early = await runLendctl(surroundings, 'close', '--date', '2026-04-05');
      expect([early.exitCode, early.err]).toEqual([1, expect.stringMatching(/2026-04-05 has not ended, .* the last date that can be closed is 2026-04-04/)]);
      expect((await runLendctl(surroundings, 'close', '--date', '2026-04-03')).out).toBe('t1: closed through 2026-04-03\nt2: closed through 2026-04-03\n');
      expect((await runLendctl(surroundings, 'close', 'status')).out).toMatch(/t1 +2026-04-03 +– +0 +1\s+t2 +2026-04-03 +– +0 +1/);
      expect(JSON.parse((await runLendctl(surroundings, 'close', 'status', '--json')).out)).toEqual(
        ['t1', 't2'].map((tenantId) => ({ tenantId, closedThrough: '2026-04-03', openDay: null, loansLeft: 0, daysLate: 1 })),
      );
      const { rows } = await test.pool.query('select loan_id, bucket, loan_class from loan_standing order by tenant_id');
      expect(rows).toEqual(loans.map(({ loanId }) => ({ loan_id: loanId, bucket: 'M1', loan_class: 'SPECIAL_MENTION' })));
    });
  } finally {
    await test.stop();
  }
}, 120_000);
