import { templateProblems } from '@millrace/reasons';
import { checkContent } from './check-content.js';
import { LoanApplicationConfig } from './config.js';
import { VARIABLES_OF } from './contract/contract-text.js';

const now = new Date('2026-11-28T04:00:00Z');
const config = (lenderType: string): LoanApplicationConfig => Object.assign(new LoanApplicationConfig(), { lenderType });

test.each(['online_microloan', 'local_microloan', 'bank'])(
  'the committed policy, matrix and template are what a lender of the type %s needs',
  async (lenderType) => {
    await expect(checkContent(config(lenderType), now)).resolves.toEqual([]);
  },
);

test('T22: a release that is not in force yet is none: the lender type is refused before anything starts', async () => {
  await expect(checkContent(config('online_microloan'), new Date('2015-12-31T00:00:00Z'))).resolves.toEqual([expect.stringContaining('on 2015-12-31')]);
});

test('T31: a contract template that leaves a value out, wants one that nobody has or has broken braces is refused', () => {
  const template =
    'contractId applicationId contractDate lenderName lenderUscc companyName uscc productName amountYuan currency tenorMonths purpose ratePercent'
      .concat(' dayCount effectiveRatePercent costItems repaymentMethod schedule policyVersion templateVersion')
      .replaceAll(/\w+/g, '{{$&}}');
  const variables = VARIABLES_OF['loan-contract.v1'];
  expect(templateProblems(template, variables)).toEqual([]);
  expect(templateProblems(template.replace('{{amountYuan}}', ''), variables)).toEqual(['it does not use {{amountYuan}}, which the document must state']);
  expect(templateProblems(`${template} {{penaltyRate}}`, variables)).toEqual([expect.stringContaining('nothing fills {{penaltyRate}}')]);
  expect(templateProblems(`${template} {{amount yuan}}`, variables)).toEqual(['it has braces that are no {{variable}}']);
});
