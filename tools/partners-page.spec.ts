import { readFileSync } from 'node:fs';
import { DISCLOSURES } from '@millrace/contracts';
import { STATUSES } from '../services/loan-application/src/process/loan-process.js';
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

test('the table of statuses has every status of an application, and no other', () => {
  const known = Object.keys(STATUSES).filter((status) => status !== 'NEW');
  expect(
    tableOf('status')
      .map(([status]) => status)
      .sort(),
  ).toEqual(known.map((status) => `\`${status}\``).sort());
});

test('the table of cases is the list of the sandbox', () => {
  expect(tableOf('case')).toEqual(SANDBOX_CASES.map(({ caseId, by, how, outcome }) => [`\`${caseId}\``, by, how ?? '', outcome]));
});

test('the request of the page acknowledges every page that an applicant has to see', () => {
  expect(page).toContain(`"disclosuresAcknowledged": ${JSON.stringify(DISCLOSURES).replace(',', ', ')}`);
});
