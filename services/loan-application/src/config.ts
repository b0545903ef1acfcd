import { CONSENT_TEXT_RULES, type ConsentTextRule } from './text/consent-text-policy.js';
import { LENDER_TYPES, lenderTypesWithRelease, type LenderType } from '@millrace/policy';
import { serviceConfig, Setting } from '@millrace/service';
import { IsIn, IsInt, IsString, IsUrl, Matches, Max, Min } from 'class-validator';

/** Settings of loan-application; the only place of this service that reads them. */
export class LoanApplicationConfig extends serviceConfig('loan-application') {
  @Setting({
    env: 'MILLRACE_LENDER_TYPE',
    description: `Licence of the lender, which selects the policy; there are releases for: ${lenderTypesWithRelease().join(', ')}.`,
    default: 'online_microloan',
  })
  @IsIn(LENDER_TYPES)
  lenderType!: LenderType;

  @Setting({ env: 'MILLRACE_LENDER_NAME', description: 'Name of the lender in contracts and cost sheets.', default: 'Millrace Lending' })
  @IsString()
  lenderName!: string;

  @Setting({
    env: 'MILLRACE_LENDER_USCC',
    description: 'Unified social credit code under which the lender signs contracts; the default is a made-up one.',
    default: '91990100MA0LENDER2',
  })
  @Matches(/^[0-9A-Z]{18}$/)
  lenderUscc!: string;

  @Setting({
    env: 'MILLRACE_CONSENT_TEXTS',
    description: 'Whose texts a consent may be given to: any (a partner may show its own) or published (those of GET /v1/consent-texts alone).',
    default: 'any',
  })
  @IsIn(CONSENT_TEXT_RULES)
  consentTexts!: ConsentTextRule;

  @Setting({
    env: 'MILLRACE_PROVIDERS_URL',
    description: 'Base address of the outside providers; the e-signature service is asked there.',
    default: 'http://127.0.0.1:8090',
  })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'] })
  providersUrl!: string;

  @Setting({
    env: 'MILLRACE_ESIGN_TIMEOUT_MS',
    description: 'How long the e-signature service may take to answer; after that the outcome is unknown and the same signature is asked about again.',
    default: 5_000,
  })
  @IsInt()
  @Min(100)
  @Max(60_000)
  esignTimeoutMs!: number;
}
