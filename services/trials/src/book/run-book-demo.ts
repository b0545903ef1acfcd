import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from '@millrace/contracts';
import colors from 'picocolors';
import { makeDemoDirectory } from '../demo/demo-directory.js';
import { say } from '../demo/run-demo.js';
import { seedProcess } from '../simulate/seeded-process.js';
import { BOOK_BEGINS, BookRun, type BookPlan } from './book-run.js';
import { BookService } from './book-service.js';
import { differencesOf, readAgreements } from './check-agreement.js';
import { drawBook } from './draw-book.js';
import { agreementTable, bookTable, firstPaymentTable, habitTable, rollTable, vintageTable } from './print-book.js';
import { readBook } from './read-book.js';

/** What a made-up book may be told. */
export interface BookDemoOptions extends BookPlan {
  readonly pictures: string;
  readonly json?: string;
}

/**
 * Plays a made-up book through post-loan-monitoring, closes every day of it, holds ledger, bank and loans against each other, and shows its reports. The exit
 * code is 1 where something does not agree.
 */
export async function runBookDemo({ pictures, json, ...plan }: BookDemoOptions): Promise<void> {
  const directory = makeDemoDirectory();
  const service = new BookService(BOOK_BEGINS);
  const beganMs = performance.now();
  try {
    say(colors.bold(`Millrace demo: a made-up book of ${plan.loans} loans over ${plan.months} months (seed ${plan.seed}), every day of it closed.`));
    await service.start(directory.path);
    seedProcess(plan.seed, service.clock);
    const run = new BookRun({ seed: plan.seed, loans: plan.loans, months: plan.months }, service);
    await run.run((day) => {
      if (day.endsWith('-01')) say(colors.dim(`  ${day}: ${run.bank.lines.length} lines at the bank, ${Math.round((performance.now() - beganMs) / 1_000)} s`));
    });
    const reports = await readBook(service, plan.months);
    const agreements = await readAgreements(service, run.bank);
    const differences = await differencesOf(service, agreements);
    for (const table of [habitTable(run.habits), bookTable(reports), vintageTable(reports), rollTable(reports), firstPaymentTable(reports)]) say(`\n${table}`);
    say(`\n${agreementTable(agreements)}`);
    mkdirSync(pictures, { recursive: true });
    for (const [name, picture] of drawBook(reports)) writeFileSync(join(pictures, name), picture);
    const result = { seed: plan.seed, loans: plan.loans, months: plan.months, lastDay: run.lastDay, agreements, differences, reports };
    if (json) writeFileSync(json, `${JSON.stringify(result, undefined, 2)}\n`);
    say(
      `\npictures in ${pictures}${json ? `, everything in ${json}` : ''}; ${run.bank.lines.length} lines at the bank, result ${contentHash(result).slice(0, 16)}`,
    );
    for (const difference of differences) say(colors.red(`DIFFERS: ${difference}`));
    if (differences.length > 0) process.exitCode = 1;
  } finally {
    await service.stop();
    directory.remove();
  }
}
