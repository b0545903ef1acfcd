import { readPage } from './statement-page.js';

const ASKED = { account: '9559900000000001', day: '2026-03-02', cursor: '7' };
const LINE = {
  lineId: 'SC1',
  direction: 'credit',
  amountMinor: '2586822',
  currency: 'CNY',
  valueOn: '2026-03-02',
  bookedAt: '2026-03-02T01:00:00.000Z',
  bankReference: 'BT1',
  counterpartyName: '样例商贸有限公司',
  counterpartyAccount: '9900123412341234',
  remittance: '还款',
};
const PAGE = { account: ASKED.account, day: ASKED.day, lines: [LINE], nextCursor: '8', more: false };

test('a page is read; a field that only a newer bank knows is passed over', () => {
  expect(readPage(ASKED, { ...PAGE, lines: [{ ...LINE, fee: '0' }] })).toEqual({
    lines: [
      {
        bankLineId: 'SC1',
        direction: 'credit',
        amountMinor: '2586822',
        currency: 'CNY',
        valueOn: '2026-03-02',
        bookedAt: new Date('2026-03-02T01:00:00Z'),
        bankReference: 'BT1',
        partyName: LINE.counterpartyName,
        partyAccount: LINE.counterpartyAccount,
        remittance: '还款',
        returnOf: null,
      },
    ],
    nextCursor: '8',
    more: false,
  });
  expect(readPage(ASKED, { ...PAGE, lines: [], nextCursor: '7' })).toEqual({ lines: [], nextCursor: '7', more: false });
});

test.each([
  undefined,
  null,
  'page',
  [PAGE],
  {},
  { ...PAGE, account: '9559900000000002' },
  { ...PAGE, day: '2026-03-01' },
  { ...PAGE, lines: {} },
  { ...PAGE, lines: Array(501).fill(LINE) },
  { ...PAGE, nextCursor: 8 },
  { ...PAGE, nextCursor: '' },
  { ...PAGE, more: 'no' },
  { ...PAGE, more: true, nextCursor: '7' },
])('a page that breaks the contract is none: %#', (raw) => {
  expect(readPage(ASKED, raw)).toBeUndefined();
});

test.each([
  null,
  { ...LINE, lineId: undefined },
  { ...LINE, direction: 'in' },
  { ...LINE, amountMinor: '-1' },
  { ...LINE, amountMinor: '0' },
  { ...LINE, amountMinor: '1.5' },
  { ...LINE, amountMinor: 5 },
  { ...LINE, amountMinor: '1'.repeat(19) },
  { ...LINE, currency: 'USD' },
  { ...LINE, valueOn: '2026-02-31' },
  { ...LINE, bookedAt: '2026-03-02' },
  { ...LINE, bankReference: 'a b' },
  { ...LINE, remittance: null },
  { ...LINE, returnOf: 'a b' },
  { ...LINE, direction: 'debit', returnOf: 'BK1' },
  { ...LINE, counterpartyName: 'x'.repeat(501) },
])('one line that breaks the contract makes its page unusable: %#', (line) => {
  expect(readPage(ASKED, { ...PAGE, lines: [LINE, line] })).toBeUndefined();
});

test('a character that was cut in half is replaced, as no encoding can keep it', () => {
  const page = readPage(ASKED, { ...PAGE, lines: [{ ...LINE, remittance: '\u8fd8\ud842' }] });
  expect(page?.lines[0]?.remittance).toBe('\u8fd8\ufffd');
});
