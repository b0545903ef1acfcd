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
  { en: 'The refusal was appealed already.', zh: '该拒绝决定已申诉过。' },
  { en: 'What a person has decided about it stands; the firm may apply again.', zh: '人工作出的决定为最终决定；企业可重新申请。' },
  { en: 'This refusal cannot be appealed.', zh: '该拒绝决定不可申诉。' },
  {
    en: 'Only a refusal by checks or score that no person has decided can, from the policy releases of 2028-05-01 on; the firm may apply again.',
    zh: '仅可对自 2028-05-01 起的政策版本下、由核查或评分自动作出且未经人工决定的拒绝提出申诉；企业可重新申请。',
  },
  { en: 'The time to appeal is over.', zh: '申诉期限已过。' },
  { en: 'A refusal can be appealed for {days} days. The firm may apply again.', zh: '拒绝决定可在 {days} 天内申诉。企业可重新申请。' },
  { en: 'There is no such ground of an appeal.', zh: '没有此项申诉理由。' },
  { en: 'The corrected data is refused too, by a rule that nobody may set aside.', zh: '更正后的数据仍被任何人不得豁免的规则拒绝。' },
  { en: 'The appeal can only be rejected; what would change it is told to the applicant.', zh: '该申诉只能驳回；可改变决定的因素将告知申请人。' },
  { en: 'The correction changes nothing.', zh: '更正内容与原申报一致。' },
  { en: 'Send a value that differs from the one that is declared.', zh: '请发送与原申报不同的内容。' },
];
