import { policyOfRelease } from '@millrace/policy';
import type { LoanProjection } from '@millrace/post-loan-monitoring/project-loan';
import { Command } from 'commander';
import { print, reportTrouble } from '../command/operator-command.js';
import { OperatorError } from '../trouble/operator-error.js';
import { table } from '../command/print-table.js';
import { readWritten } from '../command/read-written.js';
import { namedRelease } from '../policy/named-release.js';

/** Release whose numbers count where none is named. */
const DEFAULT_RELEASE = 'online_microloan.v2';

function projectionAsText({ rows, standings, entries }: LoanProjection): string {
  const dues = table(
    ['due', 'principal', 'interest', 'total', 'balance'],
    rows.map(({ dueOn, principalMinor, interestMinor, totalMinor, balanceMinor }) => [dueOn, principalMinor, interestMinor, totalMinor, balanceMinor]),
    ['principal', 'interest', 'total', 'balance'],
  );
  const owed = table(
    ['on', 'principal', 'interest', 'penalty', 'compound', 'payoff', 'dpd', 'bucket', 'class'],
    standings.map((one) => [
      one.on,
      one.principalMinor,
      one.interestMinor,
      one.penaltyMinor,
      one.compoundMinor,
      one.payoffMinor,
      one.dpd,
      one.bucket,
      one.class,
    ]),
    ['principal', 'interest', 'penalty', 'compound', 'payoff', 'dpd'],
  );
  const posted = table(
    ['movement', 'value date', 'account', 'debit', 'credit'],
    entries.flatMap(({ movement, valueOn, lines }) =>
      lines.map(({ account, debitMinor, creditMinor }) => [movement ?? '–', valueOn, account, debitMinor, creditMinor]),
    ),
    ['debit', 'credit'],
  );
  return ['Amounts in fen.', dues, owed, posted].join('\n\n');
}

interface ProjectOptions {
  readonly file: string;
  readonly release: string;
}

function projectCommand(): Command {
  return new Command('project')
    .description('a loan on paper: its schedule, what it owes on each day that is asked for, and its entries; nothing is stored')
    .requiredOption('--file <file>', 'case as JSON, as docs/loan-cases/README.md describes it')
    .option('--release <version>', 'policy release that says in which order money pays what is due, and how loans are classed', DEFAULT_RELEASE)
    .option('--json', 'JSON for programs', false)
    .action(({ file, release }: ProjectOptions, command: Command) =>
      reportTrouble(command, async () => {
        const [{ readCase }, { projectLoan }] = await Promise.all([
          import('@millrace/post-loan-monitoring/case-file'),
          import('@millrace/post-loan-monitoring/project-loan'),
        ]);
        const { policy, problems } = policyOfRelease(namedRelease(release));
        if (!policy) throw new OperatorError(`${release}: ${problems[0]}`);
        const { given, asOf } = readCase(readWritten(file), policy);
        const projection = projectLoan(given, asOf);
        print(command, projection, () => projectionAsText(projection));
      }),
    );
}

/** `lendctl loan`: what a loan costs and owes, without an installation. */
export function loanCommand(): Command {
  return new Command('loan').description('loans on paper').addCommand(projectCommand());
}
