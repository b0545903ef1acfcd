import type { Text } from '../language.js';

/** Titles and details of problems about changes of a loan. */
export const PROBLEMS_OF_CHANGES: readonly Text[] = [
  { en: 'Nothing is owed on this loan any more.', zh: '该笔贷款已无欠款。' },
  { en: 'A loan that has ended is not changed. Nothing was changed.', zh: '已结束的贷款不再变更。未作任何更改。' },
  { en: 'Another change of the same kind waits for its decision.', zh: '另有同类变更待决定。' },
  { en: 'It is {id}; it is decided first. Nothing was changed.', zh: '该变更为 {id}，须先作出决定。未作任何更改。' },
  { en: 'The fact cannot be recorded so.', zh: '该事实不能如此登记。' },
  { en: 'The fact begins before the loan was paid out.', zh: '该事实的起始日早于放款日。' },
  { en: 'The fact would end before it begins.', zh: '该事实的终止日早于起始日。' },
  { en: 'The fact begins later than it would end.', zh: '该事实的起始日晚于拟终止日。' },
  { en: 'The fact is ended already.', zh: '该事实已终止。' },
  { en: 'Only an impairment and a default elsewhere have a share.', zh: '仅减值和他处违约可填写比例。' },
  { en: 'A class goes with an override, and with no other kind.', zh: '分类仅随人工调整填写，其他类型不得填写。' },
];
