import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { businessDate, newId } from '@millrace/contracts';
import { READY_MADE_CLIENTS } from '@millrace/standalone/ready-made-clients';
import { S01_FIRM } from '../stage/scenario-firms.js';
import { eventually, type Stage } from '../stage/stage.js';
import type { Check } from './check.js';

const TENANT = 'neighbour-lender';
const PARTNER = 'neighbour-partner';
const AUDITOR = 'neighbour-auditor';

/** Secrets and the gateway's setting for the ready-made clients of this lender, and for those of another tenant. */
export function clientsWithNeighbour(): { readonly setting: string; readonly secrets: Readonly<Record<string, string>> } {
  const clients = [
    ...READY_MADE_CLIENTS.map((client) => ({ ...client, tenantId: 'millrace' })),
    { clientId: PARTNER, kind: 'partner', partnerId: PARTNER, roles: [], tenantId: TENANT },
    { clientId: AUDITOR, kind: 'staff', roles: ['auditor'], tenantId: TENANT },
  ].map((client) => ({ ...client, clientSecret: randomBytes(32).toString('base64url') }));
  return { setting: JSON.stringify(clients), secrets: Object.fromEntries(clients.map(({ clientId, clientSecret }) => [clientId, clientSecret])) };
}

/** A view without the date that it was asked on, which moves with the clock of the scenario. */
function withoutToday({ asOf: _asOf, payoff: _payoff, ...view }: Record<string, unknown>): Record<string, unknown> {
  return view;
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
    const { outstandingPrincipalMinor } = await stage.must(PARTNER, 'GET', `/v1/loans/${loanId}`);
    await stage.repay(loanId, outstandingPrincipalMinor, businessDate(stage.system.now()), PARTNER);
    await stage.reaches(applicationId, 'SETTLED', PARTNER);
    // The last that happens to a loan; its partner's view follows it by an event.
    await eventually('the closed loan', async () => {
      const { items } = (await stage.must(PARTNER, 'GET', `/v1/loan-applications/${applicationId}/timeline`)) as { items: { type: string }[] };
      return items.some(({ type }) => /\.loan-closed(\.|$)/.test(type));
    });
    return new Neighbour(stage, applicationId, loanId, await Neighbour.look(stage, applicationId, loanId));
  }

  private static async look(stage: Stage, applicationId: string, loanId: string): Promise<unknown[]> {
    const [application, loan] = [`/v1/loan-applications/${applicationId}`, `/v1/loans/${loanId}`];
    const ofPartner = [application, `${application}/timeline`, `${application}/contract`, loan, `${loan}/schedule`, `${loan}/repayments`];
    const seen: unknown[] = [];
    for (const path of ofPartner) seen.push([path, withoutToday(await stage.must(PARTNER, 'GET', path))]);
    for (const path of [`${application}/history`, `${loan}/journal`]) seen.push([path, await stage.must(AUDITOR, 'GET', path)]);
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
        (await this.stage.call(client, 'GET', `/v1/loan-applications/${id}`)).status,
        404,
      );
  }
}
