import type { Text } from '../language.js';

/** Titles and details of problems about what an applicant is asked, corrects or appeals. */
export const PROBLEMS_OF_HEARING: readonly Text[] = [
  { en: 'The answer changes and adds nothing.', zh: '答复未作任何更正或补充。' },
  {
    en: 'Correct what is asked for, name documents as evidence or, where a source lacked something, say with providedAtSource that it is there now.',
    zh: '请更正所要求的内容，或以 evidenceIds 指明材料；如系数据源缺失，可用 providedAtSource 说明已在数据源补全。',
  },
  { en: 'There is no such reason for asking an applicant.', zh: '没有此项向申请人提出要求的理由。' },
  { en: 'Give one of: {allowed}.', zh: '可用的理由：{allowed}。' },
  { en: 'The applicant can be asked no further time.', zh: '不能再次向申请人提出要求。' },
  {
    en: 'By its policy release an applicant is asked {rounds} times at most. Decide on what there is.',
    zh: '按其政策版本，最多向申请人提出要求 {rounds} 次。请依据现有材料作出决定。',
  },
];
