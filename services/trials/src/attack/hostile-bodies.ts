import { applicationOf } from '@millrace/client';
import { newId } from '@millrace/contracts';
import type { AttackGroup } from './attack.js';
import { isSmallRefusal, judge } from './judge.js';
import { besideOther } from './other-wait.js';

const list = (count: number, item: (at: number) => string): string => Array.from({ length: count }, (_, at) => item(at)).join(',');
const brackets = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** Bodies of nearly a megabyte, each of another shape. */
const BODIES: readonly (readonly [string, string, string])[] = [
  ['SEC-1', '340,000 items in a list', `{"consents":[${list(340_000, () => '{}')}]}`],
  ['SEC-1', '60,000 unknown fields', `{${list(60_000, (at) => `"k${at}":1`)}}`],
  ['SEC-1', '60,000 unknown fields inside', `{"company":{${list(60_000, (at) => `"k${at}":1`)}}}`],
  ['SEC-1', 'a text of a megabyte', `{"purpose":"${'x'.repeat(1_000_000)}"}`],
  ['SEC-1', 'a number of a megabyte', `{"tenorMonths":${'9'.repeat(1_000_000)}}`],
  ['SEC-1', '__proto__', '{"__proto__":{"productCode":"x"}}'],
  ['SEC-2', 'lists 500,000 deep', brackets(500_000)],
  ['SEC-2', 'lists 5,000 deep in a field', `{"consents":${brackets(5_000)}}`],
];

/** Bodies that cost much or cannot be read: a few kilobytes come back, and nobody waits (SEC-1, SEC-2, F12). */
export const attackWithHostileBodies: AttackGroup = async function* ({ partner, staff, newFirm }) {
  for (const [id, what, body] of BODIES) {
    const { result, wait } = await besideOther(staff.auditor, async () => {
      const answers = [];
      for (let time = 0; time < 3; time++) answers.push(await partner.put(`/v1/loan-applications/${newId()}`, body));
      return answers;
    });
    yield judge(id, what, result, isSmallRefusal, wait);
  }
  const application = applicationOf(await newFirm(), new Date());
  const company = application['company'] as object;
  const person = application['legalRepresentative'] as object;
  for (const [what, change] of [
    ['half a character in a company name', { company: { ...company, name: '甲\ud800公司' } }],
    ['a name of one zero-width space', { legalRepresentative: { ...person, name: '\u200b' } }],
    ['NUL in a name', { legalRepresentative: { ...person, name: 'a\u0000b' } }],
  ] as const) {
    const answer = await partner.put(`/v1/loan-applications/${newId()}`, { ...application, ...change });
    yield judge('F12', what, [answer], ({ status, body }) => status === 400 && body?.code === 'VALIDATION_FAILED');
  }
};
