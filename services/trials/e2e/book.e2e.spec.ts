import { BOOK_BEGINS, BookRun } from '../src/book/book-run.js';
import { BookService } from '../src/book/book-service.js';
import { differencesOf, readAgreements } from '../src/book/check-agreement.js';
import { drawBook } from '../src/book/draw-book.js';
import { readBook, type BookReports } from '../src/book/read-book.js';
import { makeDemoDirectory } from '../src/demo/demo-directory.js';

// Goal: a made-up book agrees with its bank to the fen, is the same for the same seed, and a fen too much is named. Method: the program behind
// `npm run demo -- --book`, with a small book in which every habit comes up.
const PLAN = { seed: 4, loans: 60, months: 5 };

async function play(work: (service: BookService, run: BookRun) => Promise<void>): Promise<void> {
  const directory = makeDemoDirectory();
  const service = new BookService(BOOK_BEGINS);
  try {
    await service.start(directory.path);
    const run = new BookRun(PLAN, service);
    await run.run(() => undefined);
    await work(service, run);
  } finally {
    await service.stop();
    directory.remove();
  }
}

test('R-CR-07: the books of a made-up book agree to the fen; the same seed gives the same reports; a fen too much is named', async () => {
  const played: BookReports[] = [];
  await play(async (service, run) => {
    const agreements = await readAgreements(service, run.bank);
    expect(await differencesOf(service, agreements)).toEqual([]);
    expect([...new Set(run.habits.values())].length).toBeGreaterThan(5);
    expect(run.bank.sumOf('taken_back')).toBeGreaterThan(0n);
    played.push(await readBook(service, PLAN.months));
    await service.admin.query('set session_replication_role = replica');
    await service.admin.query(
      `update loan set outstanding_principal_minor = outstanding_principal_minor + 1
       where loan_id = (select loan_id from loan where live and outstanding_principal_minor < principal_minor order by loan_id limit 1)`,
    );
    run.bank.move('paid_in', 1n, run.lastDay);
    const found = await differencesOf(service, await readAgreements(service, run.bank));
    expect(found.some((line) => line.startsWith('balance of the bank account'))).toBe(true);
    expect(found.some((line) => line.startsWith('principal that is owed: the ledger (1303), the loans'))).toBe(true);
    expect(found.some((line) => /^[0-9a-f-]{36} owes \d+ fen of principal, its journal says \d+/.test(line))).toBe(true);
  });
  await play(async (service) => void played.push(await readBook(service, PLAN.months)));
  expect(played[1]).toEqual(played[0]);
  const { months, vintage, rollRates, firstPayments } = played[0]!;
  expect(months.map(({ day }) => day)).toEqual(['2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30', '2026-07-31']);
  expect([vintage.items.length, rollRates.items.length, firstPayments.items.length > 3]).toEqual([12, 28, true]);
  expect([...drawBook(played[0]!).keys()]).toEqual(['buckets.svg', 'classes.svg', 'vintage-m1.svg', 'vintage-m4.svg', 'roll-rates.svg']);
}, 180_000);
