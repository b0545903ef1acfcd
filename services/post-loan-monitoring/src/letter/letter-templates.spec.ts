import { bilingualTemplateProblems } from '@millrace/reasons';
import { checkLetterTemplates, LETTER_TEMPLATES, templateOf } from './letter-templates.js';
import { RELEASED_LETTERS } from './released-letters.js';

test('T31: the wording of every letter is the released one, and states what it must', () => {
  expect(checkLetterTemplates()).toEqual([]);
});

test('T31: a wording that is not the released one, or leaves out what is owed, is named', () => {
  const { version, variables } = LETTER_TEMPLATES.late_message;
  const { chinese, english } = templateOf('late_message');
  const changed = { chinese: chinese.replace('{{arrearsYuan}}', '1'), english: english.replace('{{originalSha256}}', '') };
  expect(bilingualTemplateProblems({ what: 'letter template', version, released: RELEASED_LETTERS }, changed, variables)).toEqual([
    'letter template late-message.v1.md: it does not use {{arrearsYuan}}, which the document must state',
    expect.stringContaining('letter template late-message.v1.md: it is not the wording of late-message.v1'),
    'letter template late-message.v1.en.md: it does not use {{originalSha256}}, which the document must state',
  ]);
});
