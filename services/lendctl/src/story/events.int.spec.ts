import { DisbursementFailed, KycRejected, newId, SuspicionRaised, type Finding } from '@millrace/contracts';
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
      [
        expect.objectContaining({
          consumer: 'loan-application',
          outcome: 'discarded',
          by: 'olga',
          reason: expect.stringContaining('there is no drawdown of application'),
        }),
      ],
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

test('SEC-12: neither the story nor a parked event shows an operator what points at suspicion; the restricted topic is not read at all', async () => {
  const definition = loanApplication as unknown as ServiceDefinition;
  const installation = await QuietInstallation.open([definition]);
  try {
    const applicationId = newId();
    const findings: Finding[] = [{ code: 'DEVICE_RING', severity: 'red', observed: '6 firms' }];
    // As an earlier version wrote it; the hub knows no such application, so that it is parked.
    await installation.append(new KycRejected({ applicationId, fraudScore: 850, findings, facts: null }));
    await installation.append(new SuspicionRaised({ applicationId, outcome: 'reject', fraudScore: 850, findings }));
    await installation.lendctl('replay', '--consumer', 'loan-application', '--from', '0', '--yes');
    const [parked] = await installation.json('parked', 'list');
    const show = ['parked', 'show', parked.id, '--consumer', 'loan-application'];
    const story = await installation.json('events', '--application', applicationId);
    expect(story.events).toHaveLength(1);
    expect(story.events[0].payload.findings).toEqual([{ code: 'APPLICATION_NOT_PROCESSED', severity: 'red' }]);
    expect((await installation.json(...show)).payload).toEqual(story.events[0].payload);
    const told = [
      JSON.stringify(story),
      ...(await Promise.all([show, [...show, '--json'], ['events', '--application', applicationId]].map(outOf(installation)))),
    ];
    for (const text of told) expect(text).not.toMatch(/DEVICE|fraudScore|suspicion|6 firms/);
  } finally {
    await installation.close();
  }
});

const outOf =
  (installation: QuietInstallation) =>
  async (args: readonly string[]): Promise<string> =>
    (await installation.lendctl(...args)).out;
