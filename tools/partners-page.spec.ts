import { readFileSync } from 'node:fs';
import { APPLICATION_STATUSES, DISCLOSURES, DRAWDOWN_STATUSES, LOAN_STATUSES } from '@millrace/contracts';
import { SANDBOX_CASES } from '../services/provider-sandbox/src/case/sandbox-cases.js';

// Goal: what docs/partners.md lists is what there is. That its commands run is shown by services/standalone/e2e/start.e2e.spec.ts.
const page = readFileSync(new URL('../docs/partners.md', import.meta.url), 'utf8');

/** Cells of the table whose header begins with this word. */
function tableOf(first: string): string[][] {
  const lines = page.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`| ${first} `));
  const rows = lines.slice(at + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the tables of statuses have every status of an application, a drawdown and a loan, and no other', () => {
  const named = (first: string): string[] => tableOf(first).map(([status]) => status!);
  expect(named('status').sort()).toEqual(
    Object.keys(APPLICATION_STATUSES)
      .map((status) => `\`${status}\``)
      .sort(),
  );
  expect(named('standing')).toEqual([
    ...Object.keys(DRAWDOWN_STATUSES).map((status) => `drawdown \`${status}\``),
    ...Object.keys(LOAN_STATUSES).map((status) => `loan \`${status}\``),
  ]);
});

test('the table of cases is the list of the sandbox', () => {
  expect(tableOf('case')).toEqual(SANDBOX_CASES.map(({ caseId, by, how, outcome }) => [`\`${caseId}\``, by, how ?? '', outcome]));
});

test('the request of the page acknowledges every page that an applicant has to see', () => {
  expect(page).toContain(`"disclosuresAcknowledged": ${JSON.stringify(DISCLOSURES).replace(',', ', ')}`);
});
