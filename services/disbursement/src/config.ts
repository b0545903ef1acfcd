import { serviceConfig, Setting } from '@millrace/service';
import { IsInt, IsUrl, Matches, Max, Min, ValidateBy } from 'class-validator';
import { sharedAccounts, STATEMENT_ACCOUNTS } from './bank/statement-accounts.js';

/** Settings of disbursement; the only place of this service that reads them. `MILLRACE_FIELD_KEYS` must be set: it keeps account numbers. */
export class DisbursementConfig extends serviceConfig('disbursement') {
  @Setting({
    env: 'MILLRACE_PROVIDERS_URL',
    description: 'Base address of the outside providers; the bank that pays loans out is asked there.',
    default: 'http://127.0.0.1:8090',
  })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'] })
  providersUrl!: string;

  @Setting({
    env: 'MILLRACE_BANK_TIMEOUT_MS',
    description: 'How long the bank may take to answer, in milliseconds; after that the outcome is unknown and is asked about.',
    default: 10_000,
  })
  @IsInt()
  @Min(100)
  @Max(25_000)
  bankTimeoutMs!: number;

  @Setting({
    env: 'MILLRACE_STATEMENT_ACCOUNTS',
    description:
      'Accounts that loans are paid from and borrowers pay into, whose statements are read: `lender=account`, several separated by commas; none where it is not set.',
    optional: true,
  })
  @Matches(STATEMENT_ACCOUNTS, { message: 'must be lender=account (8 to 32 digits), several separated by commas' })
  @ValidateBy({
    name: 'oneLender',
    validator: { validate: (value: string) => sharedAccounts(value).length === 0, defaultMessage: () => 'must name each account for one lender only' },
  })
  statementAccounts?: string;

  @Setting({
    env: 'MILLRACE_STATEMENT_INTERVAL_MS',
    description: 'How long after one look at the statement of the present day the next one follows, in milliseconds.',
    default: 60_000,
  })
  @IsInt()
  @Min(500)
  @Max(3_600_000)
  statementIntervalMs!: number;
}
