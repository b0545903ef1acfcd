/** Statement of vector (d), G-WC-10: 661,333.33 of working capital needed. */
export const STATEMENT = {
  cfads12mMinor: '42000000',
  ownFundsMinor: '80000000',
  profitMarginBps: 800,
  growthBps: 1000,
  inventoryDays: 45,
  receivableDays: 60,
  payableDays: 40,
  prepaidDays: 10,
  advanceDays: 5,
  workingCapitalLoansMinor: '90000000',
  otherChannelsMinor: '0',
  revenuePriorYearMinor: '1200000000',
};
/** The firm of vector (a), which S01 runs with. */
export const VECTOR_A = {
  uscc: '91990100MA0TE00010',
  name: '样例商贸有限公司',
  legalRepresentative: { name: '测试甲', idNumber: '990101199001010019', mobile: '13900000001' },
  establishedOn: '2022-09-02',
  industryCode: 'F51',
  revenue12mMinor: '480000000',
  taxClass: 'B',
  taxPaid12mMinor: '18000000',
  totalDebtMinor: '20000000',
  unsecuredDebtMinor: '0',
  lenderCount: 1,
  bureauFound: true,
  statement: STATEMENT,
};
