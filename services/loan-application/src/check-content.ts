import { businessDate } from '@millrace/contracts';
import { checkLenderType, checkServiceContent, DEFAULT_LENDER, obligorExposureCapMinor, policyInForce } from '@millrace/policy';
import type { Database } from '@millrace/service';
import { checkAddendumTemplate } from './account-change/draft-addendum.js';
import { checkApprovalMatrix } from './approval/approval-matrix.js';
import type { LoanApplicationConfig } from './config.js';
import { checkContractTemplate } from './contract/contract-text.js';
import { checkGuaranteeTemplate } from './contract/draft-guarantee.js';
import { checkRenewalTemplate } from './contract/renewal-terms.js';
import { checkEntryKnockOuts } from './entry/entry-knock-outs.js';
import { checkProducts } from './check-products.js';
import { policyParts } from './policy-parts.js';
import { Product } from './product/product.entity.js';
import { checkTexts } from './text/published-texts.js';

/** What is wrong with policy, matrix, templates, published texts or the lender's licence, a line each, before anything listens (T22, T31, T42). */
export function checkContent({ lenderType }: LoanApplicationConfig, now: Date): Promise<string[]> {
  const lender = (): string[] => {
    const problem = checkLenderType(lenderType, businessDate(now));
    return problem === undefined ? [] : [problem];
  };
  return checkServiceContent(
    'loan-application',
    [lender, checkApprovalMatrix, checkEntryKnockOuts, checkContractTemplate, checkRenewalTemplate, checkGuaranteeTemplate, checkAddendumTemplate, checkTexts],
    policyParts,
  );
}

/** What is wrong with the products that applications can be made for, a line each (T22, T31). */
export async function checkProductRows(database: Database, { lenderType }: LoanApplicationConfig, now: Date): Promise<string[]> {
  const products = await database.repository(Product).find({ order: { productCode: 'ASC', version: 'ASC' } });
  return checkProducts(
    products,
    (date) => ({ policy: policyInForce(lenderType, date), capMinor: obligorExposureCapMinor(lenderType, DEFAULT_LENDER, date) }),
    now,
  );
}
