import { renderProcess, type Process } from '@millrace/process';
import { APPLICATION_PROCESS } from '../services/loan-application/src/process/application-process.js';
import { DRAFT_PROCESS } from '../services/loan-application/src/process/draft-process.js';
import { DRAWDOWN_PROCESS } from '../services/loan-application/src/process/drawdown-process.js';
import { LOAN_PROCESS } from '../services/post-loan-monitoring/src/loan/loan-process.js';

/** Every process table, by the file that it stands in. */
export const PROCESS_TABLES: Readonly<Record<string, Process<string, string, string, string>>> = {
  'services/loan-application/src/process/draft-process.ts': DRAFT_PROCESS,
  'services/loan-application/src/process/application-process.ts': APPLICATION_PROCESS,
  'services/loan-application/src/process/drawdown-process.ts': DRAWDOWN_PROCESS,
  'services/post-loan-monitoring/src/loan/loan-process.ts': LOAN_PROCESS,
};

/** `docs/loan-process.md`, made from the tables. */
export function renderProcessPage(tables: typeof PROCESS_TABLES = PROCESS_TABLES): string {
  return [
    '# The processes of an application, its drawdown and its loan',
    '',
    `Made from ${Object.keys(tables)
      .map((file) => `[${file.split('/').at(-1)}](../${file})`)
      .join(', ')} by \`npm run docs:process\`; a test holds it current. Do not edit.`,
    '',
    'In the tables of every status × every trigger, `ignored` is late or double and goes to the history only; `–` cannot be: an event is parked for a person, a request',
    'is refused with `WRONG_STATUS`.',
    '',
    ...Object.values(tables).flatMap((process) => renderProcess(process)),
  ].join('\n');
}
