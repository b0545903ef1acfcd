import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { businessDate, newId } from '@millrace/contracts';
import {
  LIST_REPAYMENTS,
  SHOW_APPLICATION,
  SHOW_APPLICATION_TIMELINE,
  SHOW_CONTRACT,
  SHOW_HISTORY,
  SHOW_JOURNAL,
  SHOW_LOAN,
  SHOW_SCHEDULE,
} from '@millrace/contracts/api';
import { LENDER_ACCOUNT, READY_MADE_CLIENTS } from '@millrace/standalone/ready-made-clients';
import { S01_FIRM } from '../stage/scenario-firms.js';
import { eventually, type Stage } from '../stage/stage.js';
import type { Check } from './check.js';

const TENANT = 'neighbour-lender';
const ACCOUNT = '9559900000000002';
const PARTNER = 'neighbour-partner';
const AUDITOR = 'neighbour-auditor';
/** A committee of this lender has more members than the ready-made clients have. */
export const SECOND_APPROVER = 'second-approver';
export const SECOND_RISK_OFFICER = 'second-risk-officer';
/** A large payment is authorised by two. */
export const SECOND_PAYMENT_OFFICER = 'second-payment-officer';

/** Secrets and the gateway's setting for the ready-made clients of this lender, and for those of another tenant. */
export function clientsWithNeighbour(): { readonly setting: string; readonly secrets: Readonly<Record<string, string>> } {
  const clients = [
    ...[
      ...READY_MADE_CLIENTS,
      { clientId: SECOND_APPROVER, kind: 'staff', roles: ['credit_approver'] },
      { clientId: SECOND_RISK_OFFICER, kind: 'staff', roles: ['risk_officer'] },
      { clientId: SECOND_PAYMENT_OFFICER, kind: 'staff', roles: ['payment_officer'] },
    ].map((client) => ({ ...client, tenantId: 'millrace' })),
    { clientId: PARTNER, kind: 'partner', partnerId: PARTNER, roles: [], tenantId: TENANT },
    { clientId: AUDITOR, kind: 'staff', roles: ['auditor'], tenantId: TENANT },
  ].map((client) => ({ ...client, clientSecret: randomBytes(32).toString('base64url') }));
  return { setting: JSON.stringify(clients), secrets: Object.fromEntries(clients.map(({ clientId, clientSecret }) => [clientId, clientSecret])) };
}

/** The accounts that borrowers of both lenders pay into, as the setting says them. */
export const ACCOUNTS_WITH_NEIGHBOUR = `millrace=${LENDER_ACCOUNT},${TENANT}=${ACCOUNT}`;

/** A view without the date that it was asked on, which moves with the clock of the scenario. */
function withoutToday(view: object): Record<string, unknown> {
  const { asOf: _asOf, payoff: _payoff, ...rest } = view as Record<string, unknown>;
  return rest;
}

/** A loan of another tenant, paid out and paid back before the scenario begins: at rest, so whatever changes in it later was changed by somebody else. */
export class Neighbour {
  private constructor(
    private readonly stage: Stage,
    readonly applicationId: string,
    readonly loanId: string,
    private readonly before: readonly unknown[],
  ) {}

  static async settle(stage: Stage): Promise<Neighbour> {
    const firm = await stage.firm('neighbour', { ...S01_FIRM, seed: 990 });
    const applicationId = await stage.apply(firm, {}, newId(), PARTNER);
    const { loanId } = await stage.takeOffer(applicationId, PARTNER);
    const { outstandingPrincipalMinor } = await stage.ask(PARTNER, SHOW_LOAN, { loanId });
    // One fen more than is owed: while it is held, no day of the scenario closes the file.
    const amountMinor = String(BigInt(outstandingPrincipalMinor) + 1n);
    await stage.repay(loanId, amountMinor, businessDate(stage.system.now()), { partner: PARTNER, account: ACCOUNT });
    await stage.reaches(applicationId, 'SETTLED', PARTNER);
    // The last that happens to a loan; its partner's view follows it by an event.
    await eventually('the closed loan', async () => {
      const { items } = await stage.ask(PARTNER, SHOW_APPLICATION_TIMELINE, { applicationId });
      return items.some(({ type }) => /\.loan-closed(\.|$)/.test(type));
    });
    return new Neighbour(stage, applicationId, loanId, await Neighbour.look(stage, applicationId, loanId));
  }

  private static async look(stage: Stage, applicationId: string, loanId: string): Promise<unknown[]> {
    const ids = { applicationId, loanId };
    const ofPartner = [SHOW_APPLICATION, SHOW_APPLICATION_TIMELINE, SHOW_CONTRACT, SHOW_LOAN, SHOW_SCHEDULE, LIST_REPAYMENTS] as const;
    const seen: unknown[] = [];
    for (const route of ofPartner) seen.push([route.path, withoutToday(await stage.ask(PARTNER, route, ids))]);
    for (const route of [SHOW_HISTORY, SHOW_JOURNAL] as const) seen.push([route.path, await stage.ask(AUDITOR, route, ids)]);
    return seen;
  }

  /** Nothing of it has changed, and neither side sees the other's. */
  async hold(check: Check, applicationId: string): Promise<void> {
    const after = await Neighbour.look(this.stage, this.applicationId, this.loanId);
    for (const [at, [path, seen]] of (after as [string, unknown][]).entries())
      check.that(`${path} of the other tenant is as it was`, isDeepStrictEqual([path, seen], this.before[at]));
    for (const [client, id] of [
      ['demo-partner', this.applicationId],
      ['demo-auditor', this.applicationId],
      [PARTNER, applicationId],
      [AUDITOR, applicationId],
    ] as const)
      check.equal(
        `what ${client} is told of an application of the other tenant`,
        (await this.stage.refusal(client, SHOW_APPLICATION, { applicationId: id })).status,
        404,
      );
  }
}
