/** One thing that the investigator looks at; `no` speaks against the firm. */
export interface ChecklistItem {
  readonly code: string;
  readonly en: string;
  readonly zh: string;
  /** Share of the score; what is not applicable counts for nothing. */
  readonly weight: number;
}

/** What is looked at on a visit (R-UW-06), in a wording that holds from a day on. A released one is never changed: reports rest on it. */
export interface VisitChecklist {
  readonly version: string;
  readonly from: string;
  readonly items: readonly ChecklistItem[];
}

const item = (code: string, weight: number, en: string, zh: string): ChecklistItem => ({ code, weight, en, zh });

const CHECKLISTS: readonly VisitChecklist[] = [
  {
    version: 'field-visit.v1',
    from: '2016-01-01',
    items: [
      item('PREMISES_FOUND', 3, 'The premises are where the registry has them, and are the firm’s.', '经营场所与登记地址一致，且由企业使用。'),
      item('BUSINESS_RUNS', 3, 'The business that was declared is carried on there.', '现场经营与申报的业务一致。'),
      item('STAFF_PRESENT', 1, 'About as many people work there as were declared.', '在岗人数与申报大致相符。'),
      item('STOCK_PLAUSIBLE', 2, 'Stock and equipment fit the revenue.', '存货与设备与营业收入相称。'),
      item(
        'BOOKS_AGREE',
        3,
        'Books, orders and bank statements that were shown agree with the figures of the application.',
        '现场查看的账簿、订单、流水与申请数据一致。',
      ),
      item('OWNER_MET', 2, 'The legal representative was met, and knows the business and the loan.', '已面见法定代表人，其熟悉业务并知晓本次借款。'),
      item('PURPOSE_PLAUSIBLE', 2, 'The purpose of the loan was shown by documents.', '借款用途有材料佐证。'),
      item('NOTHING_UNUSUAL', 1, 'Nothing points to lending on, another firm’s premises or pressing creditors.', '未发现转贷、借用他人场地或被追债等异常。'),
    ],
  },
];

/** The checklist in force on a day. */
export function checklistOn(day: string): VisitChecklist {
  return CHECKLISTS.findLast(({ from }) => from <= day) ?? CHECKLISTS[0]!;
}

/** A checklist by its version. */
export function checklistOf(version: string): VisitChecklist {
  const found = CHECKLISTS.find((checklist) => checklist.version === version);
  if (!found) throw new Error(`there is no checklist ${version}`);
  return found;
}
