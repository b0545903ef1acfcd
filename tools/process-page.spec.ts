import { readFileSync } from 'node:fs';
import { APPLICATION_STATUSES, DRAWDOWN_STATUSES, LOAN_STATUSES } from '@millrace/contracts';
import { cellOf, Process, processFaults, START, walkFaults } from '@millrace/process';
import { APPLICATION_PROCESS } from '../services/loan-application/src/process/application-process.js';
import { PROCESS_TABLES, renderProcessPage } from './process-page.js';
import { listFiles, type SourceFile } from './source-tree.js';

const page = readFileSync(new URL('../docs/loan-process.md', import.meta.url), 'utf8');

test('docs/loan-process.md is what the tables say now: run `npm run docs:process`', () => {
  expect(page).toBe(renderProcessPage());
});

/** Two statuses side by side, or an alternative of two comparisons: a set of statuses. */
function setsOfStatuses({ text }: Pick<SourceFile, 'text'>): string[] {
  return [APPLICATION_STATUSES, DRAWDOWN_STATUSES, LOAN_STATUSES].flatMap((statuses) => {
    const name = `['"\`](?:${Object.keys(statuses).join('|')})['"\`]`;
    const between = String.raw`(?:\s*,\s*|\s*\|\|[^;'"]{0,60}[=(]\s*)`;
    return [...text.matchAll(new RegExp(`${name}${between}${name}`, 'g'))].map(([found]) => found);
  });
}

test('a set of statuses stands in its process table and nowhere else', () => {
  // Migrations say once what rows of before became; tests and scenarios name the statuses that they expect.
  const apart = /\.spec\.ts$|\/test\/|\/e2e\/|^services\/trials\/src\/scenarios\/|\/migrations\//;
  const files = listFiles().filter(({ path }) => /\.(ts|sql)$/.test(path) && !apart.test(path) && PROCESS_TABLES[path] === undefined);
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap((file) => setsOfStatuses(file).map((found) => `${file.path}: ${found}`))).toEqual([]);
});

test.each([`status in ('REJECTED', 'EXPIRED')`, `new Set(["HELD", "PAID"])`, `status === 'ACTIVE' || loan.status === 'SETTLED'`])('%s is found', (text) => {
  expect(new Set(setsOfStatuses({ text })).size).toBe(1);
});

describe('a status that somebody adds half', () => {
  const NAME = 'REVIEW_BOARD';
  const { table } = APPLICATION_PROCESS as Process<string, string, string, string>;
  type Table = typeof table;
  const into = (row: Partial<Table['rows'][number]> = {}): Table['rows'][number] => ({ from: 'SCORING', on: 'Committee', next: NAME, emits: [], ...row });
  const make = (rule: Table['statuses'][string], rows: Table['rows'] = []): Process<string, string, string, string> =>
    new Process({
      ...table,
      triggers: { ...table.triggers, Committee: 'policy wants the committee' },
      statuses: { ...table.statuses, [NAME]: rule },
      rows: [...table.rows, ...rows],
    });
  const leaving = [into({ from: NAME, on: 'ReviewRejected', next: 'REJECTED' })];
  const DEADLINE = { name: 'reviewBusinessDays', reason: 'REVIEW_OVERDUE' } as const;
  const STAFF = { party: 'credit_approver', waitingFor: 'staff' } as const;

  test.each([
    [
      'a name and nothing else',
      make(STAFF),
      [`${NAME} cannot be reached`, `${NAME} cannot come to an end`, `${NAME} waits for credit_approver and cannot be left`],
    ],
    ['no task for the people it waits for', make(STAFF, [into(), ...leaving]), [`${NAME} waits for staff, and no task asks them`]],
    ['a task without a deadline', make({ ...STAFF, task: 'approval' }, [into(), ...leaving]), [`${NAME} has a task without a deadline`]],
    ['a decision that only refuses', make({ ...STAFF, task: 'approval' }, [into(), ...leaving]), [`${NAME} has a task that cannot be decided both ways`]],
    [
      'a row that opens again what has not ended',
      make(STAFF, [into(), { ...leaving[0]!, reopens: true }]),
      [`${NAME} has not ended, and yet a row opens it again`],
    ],
    ['a row out of an end', make(STAFF, [into({ from: 'REJECTED' }), ...leaving]), ['REJECTED has ended, and yet it can be left']],
    ['a deadline that nobody feeds', make({ ...STAFF, deadline: DEADLINE }, [into(), ...leaving]), [`${NAME} has a deadline that leads nowhere`]],
  ])('%s: the check at the start names it', (_what, half, faults) => {
    expect(processFaults(half)).toEqual(expect.arrayContaining(faults));
  });

  test('the walk, the page and the list of statuses that partners are told name it', () => {
    const whole = make({ ...STAFF, task: 'approval', deadline: DEADLINE }, [into(), ...leaving]);
    const expected = [START, ...(table.statuses ? Object.keys(table.statuses) : [])];
    const walk = [expected.join(' '), ...APPLICATION_PROCESS.triggers.map((on) => [on, ...expected.map((from) => shortCell(from, on))].join(' '))].join('\n');
    expect(walkFaults(APPLICATION_PROCESS, walk, {})).toEqual([]);
    expect(walkFaults(whole, walk, {})).toEqual([`the walk does not know the status ${NAME}`, 'the walk does not know the trigger Committee']);
    const [file] = Object.keys(PROCESS_TABLES);
    expect(renderProcessPage({ ...PROCESS_TABLES, [file!]: whole })).not.toBe(page);
    expect(Object.keys(APPLICATION_STATUSES)).toEqual(APPLICATION_PROCESS.statuses);
  });

  const shortCell = (from: string, on: string): string => {
    const cell = cellOf(APPLICATION_PROCESS, from, on);
    return cell === 'ignored' ? '.' : cell === '–' ? '-' : cell;
  };
});
