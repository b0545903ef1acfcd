import { checklistOf, checklistOn } from './visit-checklists.js';
import { checklistFaults, visitScore, type VisitAnswer } from './visit-policy.js';

const LIST = checklistOn('2028-05-02');
const all = (answer: VisitAnswer) => LIST.items.map(({ code }) => ({ item: code, answer }));

test('R-UW-06: a report answers every item of the dated checklist once, and nothing else', () => {
  expect(checklistFaults(LIST, all('yes'))).toEqual([]);
  const [first, ...rest] = all('yes');
  expect(checklistFaults(LIST, rest)).toEqual(['PREMISES_FOUND is not answered']);
  expect(checklistFaults(LIST, [first!, first!, ...rest])).toEqual(['PREMISES_FOUND is answered twice']);
  expect(checklistFaults(LIST, [...all('yes'), { item: 'COFFEE', answer: 'yes' }])).toEqual(['COFFEE is no item of the checklist']);
});

test('R-UW-06: the score is the weighted share of what holds, of what could be seen', () => {
  expect([visitScore(LIST, all('yes')), visitScore(LIST, all('no')), visitScore(LIST, all('not_applicable'))]).toEqual([100, 0, null]);
  const but = (code: string, answer: VisitAnswer) => all('yes').map((one) => (one.item === code ? { ...one, answer } : one));
  expect([
    visitScore(LIST, but('STAFF_PRESENT', 'no')),
    visitScore(LIST, but('BOOKS_AGREE', 'no')),
    visitScore(LIST, but('BOOKS_AGREE', 'not_applicable')),
  ]).toEqual([94, 82, 100]);
});

test('R-UW-06: a checklist is found by its version, and the one of a day by the day', () => {
  expect(checklistOf(LIST.version)).toBe(LIST);
  expect(() => checklistOf('field-visit.v0')).toThrow('there is no checklist field-visit.v0');
});
