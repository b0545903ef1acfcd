import { ROW_DISGUISES, yuan, type FileLine } from '@millrace/testing';
import fc from 'fast-check';

/** A change of a file; `at` chooses rows, `how` a way. */
export type Change = (lines: readonly FileLine[], at: number, how: number) => readonly FileLine[];

/** An item of a list by any number. */
export const pick = <T>(list: readonly T[], at: number): T => list[at % list.length]!;
const insert = (lines: readonly FileLine[], at: number, line: FileLine): FileLine[] => lines.toSpliced(at % (lines.length + 1), 0, line);
const lieOf = (line: FileLine, how: number): FileLine => {
  const amount = yuan(line.amountMinor);
  const total = pick([yuan(line.amountMinor + 100_000), yuan(-line.amountMinor - 200), '9999.00'], how);
  return { ...line, cells: [line.direction, line.no, line.date, line.party, amount, '0.00', total, line.status] };
};

/** Changes that must never help a firm, by what they do: they disguise, double, take away, contradict, or add what is worth nothing. */
export const CHANGES: Readonly<Record<string, Change>> = {
  'a copy': (lines, at, how) => insert(lines, at * 7 + how, pick(lines, at)),
  'a copy in disguise': (lines, at, how) => insert(lines, at * 7 + how, pick(ROW_DISGUISES, how)(pick(lines, at))),
  'the whole file twice': (lines, _, how) => [...lines, ...lines.map((line) => pick(ROW_DISGUISES, how)(line))],
  'a later void': (lines, at, how) => insert(lines, at * 5 + how, { ...pick(lines, at), status: 'void' }),
  'a whole month voided later': (lines, at) => [
    ...lines,
    ...lines.filter(({ date }) => date.slice(0, 7) === pick(lines, at).date.slice(0, 7)).map((line) => ({ ...line, status: 'void' })),
  ],
  'another way of writing': (lines, _, how) => lines.map((line) => pick(ROW_DISGUISES, how)(line)),
  'some rows in another way of writing': (lines, at, how) => lines.map((line, row) => (row % 3 === at % 3 ? pick(ROW_DISGUISES, how)(line) : line)),
  'a sale of a fen': (lines, at, how) =>
    insert(lines, at, {
      direction: 'sale',
      no: `9${at}`,
      date: pick(['2020-02-28', '2017-03-01', '2019-08-15'], how),
      party: `X${at}`,
      amountMinor: how % 3,
      status: 'valid',
    }),
  'a sale of a fen in every month': (lines) => [
    ...lines,
    ...Array.from({ length: 36 }, (_, month) => ({
      direction: 'sale' as const,
      no: `8${month}`,
      date: `${2017 + Math.floor((month + 2) / 12)}-${String(((month + 2) % 12) + 1).padStart(2, '0')}-09`,
      party: `X${month}`,
      amountMinor: 1,
      status: 'valid',
    })),
  ],
  'a red letter of a yuan': (lines, at) =>
    insert(lines, at, { direction: 'sale', no: `7${at}`, date: '2020-02-20', party: 'X', amountMinor: -100, status: 'valid' }),
  'a second row with a larger amount': (lines, at, how) => insert(lines, at + how, { ...pick(lines, at), amountMinor: pick(lines, at).amountMinor * 3 + 1 }),
  'a sum that lies': (lines, at, how) => lines.with(at % lines.length, lieOf(pick(lines, at), how)),
  'a row beyond any firm': (lines, at) => insert(lines, at, { ...pick(lines, at), no: `6${at}`, direction: 'sale', amountMinor: 9_000_000_000_000_000 }),
  'a day that has not come': (lines, at) => insert(lines, at, { ...pick(lines, at), no: `5${at}`, date: '2099-12-01' }),
  'a day that no calendar has': (lines, at) => insert(lines, at, { ...pick(lines, at), no: `4${at}`, date: '2020-02-30' }),
};

const month = (back: number): string => {
  const index = 2020 * 12 + 1 - back;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
};

/** A made firm: some months without trade, one that is larger than the others, red letters, void invoices, few parties. */
export const madeFile = fc
  .array(
    fc.record({
      back: fc.integer({ min: 0, max: 35 }),
      day: fc.integer({ min: 1, max: 28 }),
      party: fc.integer({ min: 0, max: 6 }),
      yuan: fc.integer({ min: 100, max: 90_000 }),
      kind: fc.integer({ min: 0, max: 19 }),
    }),
    { minLength: 12, maxLength: 80 },
  )
  .map((rows): FileLine[] =>
    rows.map(({ back, day, party, yuan: amount, kind }, at) => ({
      direction: kind > 14 ? 'purchase' : 'sale',
      no: String(1_000 + at),
      date: `${month(back)}-${String(day).padStart(2, '0')}`,
      party: `P(${party})Trading`,
      amountMinor: (kind === 0 ? -1 : 1) * (back === 20 ? 20 : 1) * amount * 100,
      status: kind === 1 ? 'void' : 'valid',
    })),
  );

/** A made firm that lenders like: sales in each of 36 months to many buyers, bought for less, a few red letters and void invoices; some are small or unsteady. */
export const steadyFile = fc
  .record({
    months: fc.array(
      fc.array(fc.record({ day: fc.integer({ min: 1, max: 28 }), share: fc.integer({ min: 20, max: 100 }), kind: fc.integer({ min: 0, max: 59 }) }), {
        minLength: 3,
        maxLength: 6,
      }),
      { minLength: 36, maxLength: 36 },
    ),
    yuan: fc.integer({ min: 5_000, max: 600_000 }),
    buyers: fc.integer({ min: 6, max: 40 }),
  })
  .map(({ months, yuan: largest, buyers }): FileLine[] =>
    months.flatMap((rows, back) =>
      rows.map(({ day, share, kind }, at): FileLine => ({
        direction: at === 0 ? 'purchase' : 'sale',
        no: String(10_000 + back * 10 + at),
        date: `${month(back)}-${String(day).padStart(2, '0')}`,
        party: `${at === 0 ? 'S' : 'P'}(${(back * 7 + at * 3) % buyers})Trading`,
        amountMinor: Math.round((kind === 0 ? -0.1 : 1) * largest * share),
        status: kind === 1 ? 'void' : 'valid',
      })),
    ),
  );
