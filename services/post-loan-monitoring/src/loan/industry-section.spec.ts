import { industrySectionOf } from './industry-section.js';

test.each([
  ['F51', 'F'],
  ['F', 'F'],
  ['5173', 'F'],
  ['C13', 'C'],
  ['01', 'A'],
  ['43', 'C'],
  ['44', 'D'],
  ['97', 'T'],
])('the section of the industry %s is %s (GB/T 4754)', (code, section) => {
  expect(industrySectionOf(code)).toBe(section);
});

test.each(['', '5', '00', '98', 'Z51', 'f51'])('the industry "%s" has no section', (code) => {
  expect(industrySectionOf(code)).toBeNull();
});
