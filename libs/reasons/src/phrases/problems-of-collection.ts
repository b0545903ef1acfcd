import type { Text } from '../language.js';

/** Titles and details of problems about arrears and contacts. */
export const PROBLEMS_OF_COLLECTION: readonly Text[] = [
  { en: 'The loan has no arrears.', zh: '该贷款没有逾期欠款。' },
  { en: 'There is nothing to speak about. Nothing was changed.', zh: '无需催收联系。未作任何更改。' },
  { en: 'The arrears are gone, and so is the case.', zh: '欠款已结清，案件已关闭。' },
  { en: 'A loan that becomes late again has a case of its own. Nothing was changed.', zh: '贷款再次逾期时将另立案件。未作任何更改。' },
  { en: 'A colleague works on this case.', zh: '该案件由其他同事负责。' },
  {
    en: 'It is with {login}; only that colleague and a risk officer give it to somebody else. Nothing was changed.',
    zh: '案件由 {login} 负责，仅该同事或风险管理人员可以转交。未作任何更改。',
  },
  { en: 'The case is not handed over to an agency.', zh: '该案件未委托外部机构。' },
  { en: 'Hand it over first, or send the contact as the lender’s own. Nothing was changed.', zh: '请先办理委外交接，或作为贷款人自行联系提交。未作任何更改。' },
  { en: 'It is night; nobody may be spoken to about arrears.', zh: '当前为夜间，不得进行催收联系。' },
  {
    en: 'Contacts are allowed from {from}:00 to {until}:00 in Shanghai. The try was written down; the next one needs an id of its own.',
    zh: '允许联系的时间为上海时间 {from}:00 至 {until}:00。本次尝试已记录，再次联系须使用新的 id。',
  },
  { en: 'This party was spoken to as often as a day allows.', zh: '今日对该对象的联系次数已达上限。' },
  {
    en: '{count} contacts a day are allowed, over all loans of the debtor, by lender and agency together. The try was written down; the next one needs an id of its own.',
    zh: '每日最多联系 {count} 次，合并计算该债务人的全部贷款以及贷款人与委外机构的联系。本次尝试已记录，再次联系须使用新的 id。',
  },
  { en: 'A promise of this loan is open already.', zh: '该贷款已有未到期的还款承诺。' },
  {
    en: 'It is {id}; it is decided by the books on its day at the latest. Nothing was changed.',
    zh: '承诺编号为 {id}，最迟于承诺日由账务判定。未作任何更改。',
  },
  { en: 'Nobody can promise to pay by a day that is over.', zh: '承诺还款日期不得早于今日。' },
  { en: 'The loan has no such guarantor.', zh: '该贷款没有此保证人。' },
  { en: 'Only the debtor and the guarantors of the loan may be spoken to. The try was written down.', zh: '仅可联系债务人及该贷款的保证人。本次尝试已记录。' },
  { en: 'The bureau has taken in no report of the loan for that day.', zh: '征信机构未收到该贷款当日的报送信息。' },
  { en: 'Nothing of {day} can be disputed. Nothing was changed.', zh: '{day} 没有可以提出异议的信息。未作任何更改。' },
  { en: 'Another dispute of the same report is open.', zh: '同一报送信息已有正在处理的异议。' },
  { en: 'It is answered first. Nothing was changed.', zh: '请先答复该异议。未作任何更改。' },
  { en: 'A guarantor is named by a guarantee that stands for the loan. Nothing was changed.', zh: '请以该贷款有效的担保指明保证人。未作任何更改。' },
  { en: 'A partner disputes for the borrower of its loan alone.', zh: '合作机构仅可代其贷款的借款人提出异议。' },
  { en: 'A guarantor turns to the lender. Nothing was changed.', zh: '保证人请直接联系贷款人。未作任何更改。' },
  { en: 'It cannot have been disputed on that day.', zh: '提出异议的日期不正确。' },
  {
    en: 'It lies between {from}, for which was reported, and today, {today}. Nothing was changed.',
    zh: '应介于报送信息所属日期 {from} 与今日 {today} 之间。未作任何更改。',
  },
  { en: 'The contact was not allowed, so that it has no outcome.', zh: '该次联系未获允许，没有联系结果。' },
  { en: 'Ask for another contact under an id of its own. Nothing was changed.', zh: '请以新的 id 提交另一次联系。未作任何更改。' },
];
