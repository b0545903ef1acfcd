import { checkContent } from './check-content.js';
import { LoanApplicationConfig } from './config.js';
import { templateProblems } from './contract/contract-text.js';

const now = new Date('2026-11-28T04:00:00Z');
const config = (lenderType: string): LoanApplicationConfig => Object.assign(new LoanApplicationConfig(), { lenderType });

test('the committed packs, matrix and template are what the service needs', async () => {
  await expect(checkContent(config('online_microloan'), now)).resolves.toEqual([]);
});

test('T22: a lender type without a pack is refused before anything starts, with those that have one', async () => {
  for (const lenderType of ['bank', 'local_microloan'])
    await expect(checkContent(config(lenderType), now)).resolves.toEqual([
      `MILLRACE_LENDER_TYPE is ${lenderType}, for which no policy pack is in force on 2026-11-28; there are: online_microloan from 2016-01-01`,
    ]);
});

test('T22: a pack that is not in force yet is none', async () => {
  await expect(checkContent(config('online_microloan'), new Date('2015-12-31T00:00:00Z'))).resolves.toEqual([expect.stringContaining('on 2015-12-31')]);
});

test('T31: a contract template that leaves a value out, wants one that nobody has or has broken braces is refused', () => {
  const template =
    'contractId applicationId contractDate lenderName lenderUscc companyName uscc productName amountYuan currency tenorMonths purpose ratePercent'
      .concat(' dayCount effectiveRatePercent costItems repaymentMethod schedule policyVersion templateVersion')
      .replaceAll(/\w+/g, '{{$&}}');
  expect(templateProblems(template)).toEqual([]);
  expect(templateProblems(template.replace('{{amountYuan}}', ''))).toEqual(['it does not use {{amountYuan}}, which a contract must state']);
  expect(templateProblems(`${template} {{penaltyRate}}`)).toEqual([expect.stringContaining('nothing fills {{penaltyRate}}')]);
  expect(templateProblems(`${template} {{amount yuan}}`)).toEqual(['it has braces that are no {{variable}}']);
});
