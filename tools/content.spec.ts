import { checkApprovalMatrix } from '../services/loan-application/src/approval/approval-matrix.js';
import { checkContractTemplate } from '../services/loan-application/src/contract/contract-text.js';
import { checkVerificationTables } from '../services/kyc-antifraud/src/verification/verification-tables.js';
import { checkScorecards } from '../services/scoring/src/scorecard/load-scorecard.js';
import { checkParts, checkPolicy } from '@millrace/policy';
import { partsInPlace } from '../services/lendctl/src/policy/parts-in-place.js';

// Goal: what the start would refuse is seen before it is committed. Method: the checks of the start, on the committed files (docs/policy.md).
test.each<[string, () => Promise<string[]> | string[]]>([
  ['policy releases', checkPolicy],
  ['decision tables of kyc-antifraud', checkVerificationTables],
  ['approval matrix', checkApprovalMatrix],
  ['contract template', checkContractTemplate],
  ['scorecards', checkScorecards],
  ['parts of the newest releases', () => ['kyc-antifraud', 'loan-application', 'scoring', 'reasons'].flatMap((service) => checkParts(service, partsInPlace()))],
])('T31, T42: the committed %s are fit for the start', async (_, check) => {
  expect(await check()).toEqual([]);
});
