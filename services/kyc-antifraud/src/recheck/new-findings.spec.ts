import type { Finding } from '@millrace/contracts';
import { newFindings, toldFindings } from './new-findings.js';

// Goal (R-DB-01): what was looked at once is not taken for what is found later.
const cases = (count: number): Finding => ({ code: 'OWNER_ENFORCEMENT', severity: 'amber', observed: `${count} cases` });
const hit = (observed: string): Finding => ({ code: 'WATCHLIST_POSSIBLE', severity: 'amber', observed });

test('a figure that moves by itself is no news, more cases and another name on a list are', () => {
  const young = (months: number): Finding => ({ code: 'FIRM_YOUNG', severity: 'amber', observed: `${months} months` });
  expect(newFindings([young(12), cases(9), hit('list b')], [young(11), cases(1), hit('list a')])).toEqual([cases(9), hit('list b')]);
  expect(newFindings([young(12), cases(1), hit('list a')], [young(11), cases(1), hit('list a')])).toEqual([]);
});

test('R-LG-02: what points at suspicion is told by a neutral code alone, with a mark that tells one from another', () => {
  const [one] = toldFindings([hit('list a')]);
  const [other] = toldFindings([hit('list b')]);
  expect([one, other]).toEqual([1, 2].map(() => ({ code: 'MANUAL_CHECK', severity: 'amber', observed: expect.stringMatching(/^ref [0-9a-f]{8}$/) as string })));
  expect(one).not.toEqual(other);
  expect(toldFindings([hit('list a')])).toEqual([one]);
  expect(toldFindings([cases(1)])).toEqual([cases(1)]);
});
