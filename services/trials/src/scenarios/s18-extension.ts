import { newId } from '@millrace/contracts';
import { EXTEND_LOAN, RECORD_GUARANTEE, SHOW_LOAN, SHOW_SCHEDULE } from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import type { Scenario } from './scenario.js';
import { twoPersonsSay } from './two-persons.js';

const HOUR = 'T02:00:00Z';
const DOCUMENT = 'ab'.repeat(32);
const MANAGER = 'demo-account-manager';
const SAID = { service: 'post-loan-monitoring', decision: 'apply', reason: 'CONDITIONS_MET' } as const;

/** Somebody stands for a loan of twelve months: it is extended by twelve with the consent in writing, never by thirteen, and not without. */
export const S18_EXTENSION: Scenario = {
  id: 'S18.extension',
  title: 'Extension: within the law, and with the guarantor’s consent',
  scorecard: 'vector',
  async play({ stage, check, alwaysHeld, step }) {
    const firm = await stage.firm('s18extension', { ...S01_FIRM, seed: 121 });
    const applicationId = await stage.apply(firm);
    const { loanId } = await stage.takeOffer(applicationId);
    const loan = () => stage.ask('demo-partner', SHOW_LOAN, { loanId });
    const before = await loan();
    const { items: rows } = await stage.ask('demo-partner', SHOW_SCHEDULE, { loanId });

    step('somebody stands for the loan');
    const guaranteeId = newId();
    const guarantee = { guarantorRef: 'GUARANTOR-0018', kind: 'joint', limitMinor: before.principalMinor, contractSha256: DOCUMENT } as const;
    const recorded = await stage.ask(MANAGER, RECORD_GUARANTEE, { loanId, guaranteeId }, guarantee);
    check.equal('what the guarantee waits for', recorded.state, 'requested');
    await twoPersonsSay(stage, { ...SAID, kind: 'guarantee', about: guaranteeId });

    step('the first instalment is paid, and the borrower asks for more time');
    await stage.moveTo(new Date(rows[0]!.dueOn + HOUR));
    await stage.repay(loanId, rows[0]!.totalMinor, rows[0]!.dueOn);
    const consents = [{ guaranteeId, documentSha256: DOCUMENT }];
    const asked = { months: before.tenorMonths, reason: 'season', requestSha256: DOCUMENT } as const;
    const refused = async (body: object): Promise<unknown> => {
      const { status, body: told } = await stage.call(MANAGER, 'PUT', `/v1/loans/${loanId}/extensions/${newId()}`, body);
      return [status, told.code];
    };
    check.equal('without the consent of the guarantor', await refused({ ...asked, consents: [] }), [422, 'GUARANTOR_CONSENT_MISSING']);
    check.equal('thirteen months for a loan of twelve', await refused({ ...asked, months: 13, consents }), [422, 'EXTENSION_TOO_LONG']);

    step('two persons agree');
    const extensionId = newId();
    await stage.ask(MANAGER, EXTEND_LOAN, { loanId, extensionId }, { ...asked, consents });
    await twoPersonsSay(stage, { ...SAID, kind: 'extension', about: extensionId });
    const after = await loan();
    const { items: longer } = await stage.ask('demo-partner', SHOW_SCHEDULE, { loanId });
    check.equal('the rows, the first of them as before', [longer.length, longer[0]!.totalMinor], [2 * rows.length, rows[0]!.totalMinor]);
    check.equal('the maturity and its flag', [after.maturesOn, after.extendedOn], [longer.at(-1)!.dueOn, rows[0]!.dueOn]);
    check.that('the instalments are lower', BigInt(after.instalmentMinor) < BigInt(before.instalmentMinor));
    check.equal('one month more is asked for', await refused({ ...asked, months: 1, consents }), [422, 'EXTENSION_TOO_LONG']);

    step('the loan is repaid by its new schedule');
    for (const { dueOn, totalMinor } of longer.slice(1)) {
      await stage.moveTo(new Date(dueOn + HOUR));
      await stage.repay(loanId, totalMinor, dueOn);
    }
    await stage.reaches(applicationId, 'SETTLED');
    const settled = await loan();
    check.equal('what is left', [settled.status, settled.outstandingPrincipalMinor, settled.heldMinor], ['SETTLED', '0', '0']);
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
