import type { Application } from '../application/application.entity.js';
import { AGREED_GUARANTEES } from '../guarantor/read-guarantors.js';
import type { DrawdownTerms } from './drawdown-change.js';

/** {@link DrawdownTerms} of the application `a`, in SQL. */
export const TERMS_COLUMNS = `a.partner_id as "partnerId", a.maker_id as "makerId", a.account_manager_id as "accountManagerId", a.contract_id as "contractId",
  a.contract_sha256 as "contractSha256", a.company_name as "companyName", a.industry_code as "industryCode", a.verification -> 'facts' ->> 'registeredNameSha256' as "registeredNameSha256",
  (a.decision ->> 'rateBps')::int as "rateBps", coalesce((a.decision ->> 'tenorMonths')::int, a.tenor_months) as "tenorMonths", a.repayment_method as "repaymentMethod", a.product_terms ->> 'dayCount' as "dayCount",
  a.policy_version as "policyVersion", a.renews_loan_id as "renewsLoanId", (select c.clauses from contract c where c.contract_id = a.contract_id) as clauses,
  ${AGREED_GUARANTEES} as guarantees`;

/** The same of an application that is at hand, with the amount that its contract lends. Throws where its contract is not signed yet. */
export function drawdownTerms(application: Application): DrawdownTerms & { readonly amountMinor: string } {
  const { partnerId, makerId, accountManagerId, contractId, contractSha256, companyName, industryCode, verification, decision, productTerms } = application;
  const { tenorMonths, repaymentMethod, policyVersion, renewsLoanId } = application;
  if (!contractId || !contractSha256 || !decision?.amountMinor || decision.rateBps === null)
    throw new Error(`application ${application.applicationId} has no contract to draw on`);
  return {
    partnerId,
    makerId,
    accountManagerId,
    contractId,
    contractSha256,
    companyName,
    industryCode,
    registeredNameSha256: verification?.facts?.registeredNameSha256 ?? null,
    rateBps: decision.rateBps,
    tenorMonths: decision.tenorMonths ?? tenorMonths,
    repaymentMethod,
    dayCount: productTerms.dayCount,
    policyVersion,
    renewsLoanId,
    amountMinor: decision.amountMinor,
  };
}
