import { newId } from '@millrace/contracts';
import { until } from '@millrace/testing';
import { StepFollowed, StepTaken } from './step-events.js';
import { requestContext, StepService } from './step-service.js';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const REQUEST_SPAN = 'b7ad6b7169203331';

let service: StepService;
beforeAll(async () => {
  service = await StepService.open();
});
afterEach(() => service.settle());
afterAll(() => service.close());

const headersOf = async (type: string, applicationId: string): Promise<Record<string, string> | undefined> => {
  const sql = 'select headers from outbox where type = $1 and aggregateid = $2';
  return (await service.pool.query<{ headers: Record<string, string> }>(sql, [type, applicationId])).rows[0]?.headers;
};
const parts = (traceparent: string | undefined): string[] => (traceparent ?? '').split('-');

test('from the request over outbox, log and handler to the next event: one trace, each hop a span of its own, each cause named', async () => {
  service.relay().start();
  await service.startConsumer();
  service.handler.before = ({ payload }, tx) => tx.emit(new StepFollowed({ applicationId: payload.applicationId, number: payload.number }));
  const applicationId = newId();
  const request = requestContext({ traceparent: `00-${TRACE_ID}-${REQUEST_SPAN}-01`, actor: { kind: 'partner', id: 'partner-1' } });
  await service.runner.run(request, async (tx) => tx.emit(new StepTaken({ applicationId, number: 1 })));

  const next = await until(() => headersOf('test.messaging.step-followed.v1', applicationId), 'the event of the handler');
  const first = (await headersOf('test.messaging.step-taken.v1', applicationId))!;
  const [received] = service.handler.handled;
  expect(received).toMatchObject({
    id: first['ce_id'],
    type: 'test.messaging.step-taken.v1',
    key: applicationId,
    source: 'https://millrace.localhost/services/test-messaging',
    occurredAt: new Date('2026-03-02T01:00:00.000Z'),
    actor: { kind: 'partner', id: 'partner-1' },
    causationId: request.causationId,
    correlationId: applicationId,
    traceparent: first['traceparent'],
    position: { topic: 'test.messaging.v1', partition: 0 },
    payload: { applicationId, number: 1 },
  });
  expect(next).toMatchObject({ ce_causationid: first['ce_id'], ce_correlationid: applicationId, ce_actor: 'system:test-messaging' });
  const spans = [first, next].map((headers) => parts(headers['traceparent']));
  expect(spans.map(([version, trace, , flags]) => [version, trace, flags])).toEqual([
    ['00', TRACE_ID, '01'],
    ['00', TRACE_ID, '01'],
  ]);
  expect(new Set([REQUEST_SPAN, ...spans.map(([, , span]) => span)]).size).toBe(3);
});

test('each event of a batch hands on its own trace and cause, though they share a transaction', async () => {
  const ids = [newId(), newId(), newId()];
  const traces = ids.map((_, index) => String(index + 1).repeat(32));
  const records = await service.append(ids.map((applicationId) => new StepTaken({ applicationId, number: 1 })));
  await service.log.append(
    records.map((record, index) => ({
      ...record,
      headers: { ...record.headers, ce_id: newId(), traceparent: `00-${traces[index]}-${REQUEST_SPAN}-00` },
      value: Buffer.from(JSON.stringify({ applicationId: ids[index], number: 2 })),
    })),
  );
  service.handler.before = ({ payload }, tx) => {
    if (payload.number === 2) tx.emit(new StepFollowed({ applicationId: payload.applicationId, number: 2 }));
  };
  await service.startConsumer();
  await service.caughtUp();
  const causes = service.handler.handled.filter(({ payload }) => payload.number === 2);
  for (const [index, applicationId] of ids.entries()) {
    const headers = (await headersOf('test.messaging.step-followed.v1', applicationId))!;
    expect(headers['ce_causationid']).toBe(causes[index]!.id);
    expect(parts(headers['traceparent'])[1]).toBe(traces[index]);
    // The producer's decision not to sample is kept.
    expect(parts(headers['traceparent'])[3]).toBe('00');
  }
});

test.each([undefined, 'nonsense', '00-00000000000000000000000000000000-b7ad6b7169203331-01'])(
  'without a usable trace context (%p) a new trace begins',
  async (traceparent) => {
    const applicationId = newId();
    await service.runner.run(requestContext({ traceparent }), async (tx) => tx.emit(new StepTaken({ applicationId, number: 1 })));
    const headers = (await headersOf('test.messaging.step-taken.v1', applicationId))!;
    expect(headers['traceparent']).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/);
  },
);
