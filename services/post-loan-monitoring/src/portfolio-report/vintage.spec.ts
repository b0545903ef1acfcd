import { firstPaymentRows } from './first-payment-rows.js';
import { vintageRows } from './vintage.js';

test('a month’s loans are held against what was lent, at the end of each month since', () => {
  const rows = vintageRows(
    [
      { bookingMonth: '2025-12', loans: 10, bookedMinor: 1_000_000n },
      { bookingMonth: '2026-01', loans: 4, bookedMinor: 300n },
    ],
    ['2025-12-31', '2026-01-31', '2026-02-14'],
    [
      { bookingMonth: '2025-12', day: '2026-01-31', m1PlusMinor: 25_000n, m4PlusMinor: 0n },
      { bookingMonth: '2025-12', day: '2026-02-14', m1PlusMinor: 40_000n, m4PlusMinor: 5_000n },
      { bookingMonth: '2026-01', day: '2026-02-14', m1PlusMinor: 1n, m4PlusMinor: 0n },
    ],
  );
  expect(rows.map(({ bookingMonth, monthsOnBook, day, m1PlusBps, m4PlusBps }) => [bookingMonth, monthsOnBook, day, m1PlusBps, m4PlusBps])).toEqual([
    ['2025-12', 0, '2025-12-31', 0, 0],
    ['2025-12', 1, '2026-01-31', 250, 0],
    ['2025-12', 2, '2026-02-14', 400, 50],
    ['2026-01', 0, '2026-01-31', 0, 0],
    ['2026-01', 1, '2026-02-14', 33, 0],
  ]);
  expect(rows[1]).toMatchObject({ loans: 10, bookedMinor: '1000000', m1PlusMinor: '25000', m4PlusMinor: '0' });
});

test('FPD: the share of loans and of what was lent whose first payment had not come', () => {
  expect(firstPaymentRows([{ bookingMonth: '2026-03', daysLate: 7, loans: 120, lateLoans: 3, bookedMinor: 3_600n, lateBookedMinor: 45n }])).toEqual([
    {
      bookingMonth: '2026-03',
      daysLate: 7,
      loans: 120,
      lateLoans: 3,
      bookedMinor: '3600',
      lateBookedMinor: '45',
      lateLoansBps: 250,
      lateBookedBps: 125,
    },
  ]);
});
