import { newId } from '@millrace/contracts';
import { LIST_COLLECTION_CASES, LIST_CONTACTS, MAKE_CONTACT, MAKE_PROMISE, SHOW_COLLECTION_CASE, SHOW_LOAN } from '@millrace/contracts/api';
import { eventually } from '../stage/stage.js';
import { atMorning, lateLoan } from './s17-overdue-roll.js';
import type { Scenario } from './scenario.js';

const COLLECTOR = 'demo-collector';
const DAYS_LATE = 20;
/** From ten in the morning to five past ten in the evening. */
const TO_THE_EVENING_MS = (12 * 60 + 5) * 60_000;
const CALL = { channel: 'call', party: 'debtor' } as const;

/** Instalment 3 stays unpaid: by night nobody is called, by day three times, and what is promised is held against the money. */
export const S17_CONTACT: Scenario = {
  id: 'S17.contact',
  title: 'Overdue: whom the lender may call, when and how often',
  scorecard: 'vector',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const { applicationId, loanId, dueOn, firm } = await lateLoan(scene, 's17contact', 119);
    const call = () => stage.ask(COLLECTOR, MAKE_CONTACT, { loanId, contactId: newId() }, CALL);
    const refused = async (body: { channel: 'call'; party: 'debtor' | 'guarantor'; guarantorId?: string } = CALL): Promise<string> =>
      (await stage.refusal(COLLECTOR, MAKE_CONTACT, { loanId, contactId: newId() }, body)).code;

    step(`${DAYS_LATE} days past due, a call at 22:05`);
    const morning = atMorning(dueOn, DAYS_LATE + 1);
    await stage.moveTo(morning);
    const found = await eventually('the case of the loan', async () => {
      const { items } = await stage.ask(COLLECTOR, LIST_COLLECTION_CASES, { stage: 'C2' });
      return items.find((one) => one.loanId === loanId);
    });
    check.equal('how it stands', [found.state, found.stage, found.collector], ['open', 'C2', null]);
    await stage.moveTo(new Date(morning.getTime() + TO_THE_EVENING_MS));
    check.equal('the answer to a call at 22:05', await refused(), 'CONTACT_OUTSIDE_HOURS');

    step('the next day, four calls');
    await stage.moveTo(atMorning(dueOn, DAYS_LATE + 2));
    for (let calls = 0; calls < 3; calls += 1) check.equal('a call by day', (await call()).block, null);
    check.equal('the answer to the fourth call', await refused(), 'CONTACT_DAILY_LIMIT');
    check.equal('the answer to a call of somebody else', await refused({ channel: 'call', party: 'guarantor', guarantorId: newId() }), 'CONTACT_PARTY_UNKNOWN');
    const { items: contacts } = await stage.ask(COLLECTOR, LIST_CONTACTS, { loanId });
    // Messages and letters that the lender has sent by itself are contacts, too.
    const blocks = contacts.filter(({ triedBy }) => triedBy === COLLECTOR).map(({ block }) => block);
    check.equal('what is written down', blocks, ['OUTSIDE_HOURS', null, null, null, 'DAILY_LIMIT', 'PARTY_UNKNOWN']);

    step('a promise that is kept, and the case closes');
    const { dueMinor } = await stage.ask('demo-partner', SHOW_LOAN, { loanId });
    const payBy = stage.system.now().toISOString().slice(0, 10);
    const promiseId = newId();
    const promise = { amountMinor: dueMinor, payBy };
    check.equal('the promise', (await stage.ask(COLLECTOR, MAKE_PROMISE, { loanId, promiseId }, promise)).state, 'open');
    await stage.repay(loanId, dueMinor, payBy);
    check.equal('the promise', (await stage.ask(COLLECTOR, MAKE_PROMISE, { loanId, promiseId }, promise)).state, 'kept');
    const { state, stage: left } = await stage.ask(COLLECTOR, SHOW_COLLECTION_CASE, { caseId: found.caseId });
    check.equal('the case', [state, left], ['closed', null]);
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
