import type { SandboxFirm } from '@millrace/client';
import { request } from 'undici';
import { NEED_STATEMENT } from '../stage/scenario-firms.js';

const AT_ONCE = 8;

/**
 * A sound firm that the engine approves by itself, with five sales invoices a month of two years: the pipeline is measured, not the reading of
 * long invoice files. Every firm is another one, as no firm gets a second loan.
 */
const SOUND_FIRM = {
  mix: 'healthy',
  revenue12mMinor: '480000000',
  declaredRevenueMinor: '480000000',
  declaredAnnualRevenueMinor: '480000000',
  establishedOn: '2018-03-01',
  historyMonths: 24,
  salesInvoicesPerMonth: 5,
  taxClass: 'B',
  taxPaid12mMinor: '18000000',
  arrearsMinor: '0',
  bureauFound: true,
  maxOverdueDays: 0,
  overdueNow: false,
  ownerBureauFound: true,
  ownerOverdueNow: false,
  ownerMaxOverdueDays: 0,
  totalDebtMinor: '20000000',
  unsecuredDebtMinor: '0',
  lenderCount: 1,
  statement: { ...NEED_STATEMENT, cfads12mMinor: '42000000' },
  voidShareBps: 100,
  redLetterShareBps: 100,
  circularShareBps: 0,
  requestedAmountMinor: '10000000',
  tenorMonths: 12,
};

/** Makes `count` firms at the sandbox under new names. */
export async function makeBenchFirms(sandboxUrl: string, run: string, count: number): Promise<SandboxFirm[]> {
  const firms: SandboxFirm[] = [];
  let next = 0;
  const make = async (): Promise<void> => {
    for (let at = next++; at < count; at = next++) {
      const answer = await request(new URL(`/sandbox/firms/bench-${run}-${at}`, sandboxUrl), {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(SOUND_FIRM),
      });
      const body = await answer.body.json();
      if (answer.statusCode >= 400) throw new Error(`the sandbox refused a firm: ${JSON.stringify(body)}`);
      firms[at] = body as SandboxFirm;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, make));
  return firms;
}
