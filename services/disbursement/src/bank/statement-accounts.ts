/** An account of a lender, which its loans are paid from and its borrowers pay into. */
export interface StatementAccount {
  readonly tenantId: string;
  readonly account: string;
}

/** Form of the setting: `lender=account`, several separated by commas. */
export const STATEMENT_ACCOUNTS = /^[^=,\s]{1,64}=\d{8,32}(,[^=,\s]{1,64}=\d{8,32})*$/;

/** The accounts whose statements are read; none where nothing is set. */
export function statementAccounts(setting: string | undefined): StatementAccount[] {
  return (setting ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => part.split('='))
    .map(([tenantId, account]) => ({ tenantId: tenantId!, account: account! }));
}

/** The account of a lender; undefined where the setting names none. */
export function accountOf(setting: string | undefined, tenantId: string): string | undefined {
  return statementAccounts(setting).find((one) => one.tenantId === tenantId)?.account;
}

/** Accounts that the setting names for more than one lender: the money on them would enter two books. */
export function sharedAccounts(setting: string | undefined): string[] {
  const lenders = Map.groupBy(statementAccounts(setting), ({ account }) => account);
  return [...lenders].filter(([, named]) => new Set(named.map(({ tenantId }) => tenantId)).size > 1).map(([account]) => account);
}
