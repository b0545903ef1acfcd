import { DisbursementFailed, newId } from '@millrace/contracts';
import { disbursement } from '@millrace/disbursement';
import { loanApplication } from '@millrace/loan-application';
import type { ServiceDefinition } from '@millrace/service';
import { TestService, until } from '@millrace/testing';
import { orderOf } from '../../test/orders.js';
import { environmentOf, QuietInstallation } from '../../test/quiet-installation.js';
import { runLendctl } from '../../test/run-lendctl.js';

test('the story of a loan, from either id: causes as a tree, and what each consumer made of it', async () => {
  const test = await TestService.start(disbursement);
  try {
    // No account is known, so disbursement refuses the order at once with an event of its own.
    const order = orderOf();
    await test.deliver(order);
    await test.event(order.applicationId, 'failed');
    const surroundings = { environment: environmentOf(test.database, [disbursement as unknown as ServiceDefinition]) };
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read JSON of many shapes
    const tell = async (...args: string[]): Promise<any> => JSON.parse((await runLendctl(surroundings, 'events', ...args, '--json')).out);
    const story = await until(async () => {
      const told = await tell('--application', order.applicationId);
      return told.events.length === 3 ? told : undefined;
    }, 'the refusal in the log');
    const [first, failed, again] = story.events;
    expect(first).toMatchObject({
      actor: 'system:test',
      payload: { loanId: order.loanId },
      copies: [expect.any(String)],
      consumers: [{ consumer: 'disbursement', outcome: 'handled' }],
    });
    expect(failed).toMatchObject({ type: 'dev.millrace.lending.disbursement.failed.v1', causedBy: first.eventId, source: 'disbursement', consumers: [] });
    expect(story.tree).toEqual([
      { eventId: first.eventId, led: [{ eventId: failed.eventId, led: [] }] },
      { eventId: again.eventId, led: [] },
    ]);
    expect(await tell('--loan', order.loanId)).toEqual(story);
    const { out } = await runLendctl(surroundings, 'events', '--application', order.applicationId);
    expect(out).toMatch(/└─ disbursement\.failed/);
  } finally {
    await test.stop();
  }
});

test('an event that waits, one that is parked and one that was discarded are told apart', async () => {
  const definition = loanApplication as unknown as ServiceDefinition;
  const installation = await QuietInstallation.open([definition]);
  try {
    const [applicationId, loanId] = [newId(), newId()];
    // The hub knows no such application, so that it parks what it is told about it.
    await installation.append(new DisbursementFailed({ applicationId, loanId, payoutId: newId(), reasonCode: 'PAYEE_UNKNOWN' }));
    await installation.append(new DisbursementFailed({ applicationId, loanId, payoutId: newId(), reasonCode: 'LIMIT_EXCEEDED' }));
    await installation.lendctl('replay', '--consumer', 'loan-application', '--from', '0', '--yes');
    const [first] = await installation.json('parked', 'list');
    await installation.lendctl('parked', 'discard', first.id, '--consumer', 'loan-application', '--yes', '--by', 'olga');
    await installation.append(new DisbursementFailed({ applicationId, loanId, payoutId: newId(), reasonCode: 'REFUSED_BY_BANK' }));
    const { events } = await installation.json('events', '--application', applicationId);
    expect(events.map(({ consumers }: { consumers: object[] }) => consumers)).toEqual([
      [expect.objectContaining({ consumer: 'loan-application', outcome: 'discarded', by: 'olga', reason: expect.stringContaining('there is no application') })],
      [expect.objectContaining({ outcome: 'parked', reason: 'waits behind a parked event of its key' })],
      [{ consumer: 'loan-application', outcome: 'waiting' }],
    ]);
    expect((await installation.json('events', '--loan', loanId)).events).toHaveLength(3);
    const unknown = await installation.lendctl('events', '--application', newId());
    expect([unknown.exitCode, unknown.err]).toEqual([1, expect.stringMatching(/^error: the log has no event of /)]);
  } finally {
    await installation.close();
  }
});
