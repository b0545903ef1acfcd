import { DomainEvent, Event, IsOpenEnum, LoanActivated, LoanApplicationExpired, newId, type EventClass, type OpenEnum } from '@millrace/contracts';
import { IsUUID } from 'class-validator';
import { decodeEvent, encodeEvent, InvalidEventError } from '../src/envelope.js';

// Goal: a value that a newer producer writes is read where its enum is open, and parks nothing; what is written is one of the known ones.

/** No committed schema: the validators judge it alone. */
@Event({ type: 'test.door', version: 1, producer: 'test', topic: 'test.v1', keyField: 'applicationId', summary: 'A door moved.' })
class DoorMoved extends DomainEvent<DoorMoved> {
  @IsUUID() applicationId!: string;
  @IsOpenEnum(['opened', 'closed']) how!: OpenEnum<'opened' | 'closed'>;
}

const ORIGIN = { source: 'test', time: new Date('2026-03-02T01:00:00Z'), context: { actor: { kind: 'system' as const, id: 'x' }, causationId: newId() } };
const origin = { ...ORIGIN, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
const applicationId = newId();

/** The event as a newer producer would have written it: with `change` in its payload. */
function read<E extends object>(event: DomainEvent<E>, change: object): E {
  const { topic, key, headers, payload } = encodeEvent(event as DomainEvent<unknown>, origin);
  const value = Buffer.from(JSON.stringify({ ...(JSON.parse(payload) as object), ...change }));
  return decodeEvent(event.constructor as EventClass<E>, { topic, key, headers, value, partition: 0, offset: 0n }).payload;
}

test.each([
  ['by the committed schema', new LoanApplicationExpired({ applicationId, stage: 'offer' }), { stage: 'guarantee' }],
  ['by the validators', new DoorMoved({ applicationId, how: 'opened' }), { how: 'unhinged' }],
])('an unknown value of an open enum is read as it is, %s', (_how, event, change) => {
  expect(read(event as DomainEvent<LoanApplicationExpired>, change)).toMatchObject({ applicationId, ...change });
});

test.each([
  ['by the committed schema', () => new LoanApplicationExpired({ applicationId, stage: 'guarantee' })],
  ['by the validators', () => new DoorMoved({ applicationId, how: 'unhinged' })],
])('an unknown value is not written, %s', (_how, event) => {
  expect(() => encodeEvent(event() as DomainEvent<unknown>, origin)).toThrow(InvalidEventError);
});

test.each([7, '', null, 'x'.repeat(65), { a: 1 }])('%p is no value of any version', (stage) => {
  expect(() => read(new LoanApplicationExpired({ applicationId, stage: 'offer' }), { stage })).toThrow(InvalidEventError);
  expect(() => read(new DoorMoved({ applicationId, how: 'opened' }), { how: stage })).toThrow(InvalidEventError);
});

test('an unknown value of a closed enum is refused by its readers: money is not counted by a method that they do not know', () => {
  const terms = { uscc: '91990100MA0TE00010', tenantId: 't', partnerId: 'p', principalMinor: '100', currency: 'CNY', rateBps: 635, tenorMonths: 12 };
  const loan = { applicationId, loanId: newId(), contractId: newId(), payoutId: newId(), policyVersion: 'v', disbursedOn: '2026-03-02' };
  const activated = new LoanActivated({ ...loan, ...terms, repaymentMethod: 'equal_instalment', dayCount: 'periodic' });
  expect(read(activated, {})).toMatchObject({ repaymentMethod: 'equal_instalment' });
  expect(() => read(activated, { repaymentMethod: 'balloon' })).toThrow(InvalidEventError);
});
