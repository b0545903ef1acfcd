import { serviceConfig, Setting } from '@millrace/service';
import { IsInt, IsUrl, Matches, Max, Min } from 'class-validator';
import { COURT_LENDERS } from './legal-case/court-lenders.js';

/** Settings of post-loan-monitoring; the only place of this service that reads them. */
export class PostLoanMonitoringConfig extends serviceConfig('post-loan-monitoring') {
  @Setting({
    env: 'MILLRACE_CLOSE_CUT_OFF',
    description: 'Time of the next day (Asia/Shanghai, HH:MM) until which money of a business date may be told; then the date is closed.',
    default: '00:30',
  })
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'closeCutOff must be a time of day as HH:MM' })
  closeCutOff!: string;

  @Setting({
    env: 'MILLRACE_PROVIDERS_URL',
    description: 'Base address of the outside providers; the notice provider is asked there.',
    default: 'http://127.0.0.1:8090',
  })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'] })
  providersUrl!: string;

  @Setting({
    env: 'MILLRACE_NOTICE_TIMEOUT_MS',
    description:
      'How long a party that is told a notice or a report may take to answer, in milliseconds; after that the outcome is unknown and is asked about.',
    default: 10_000,
  })
  @IsInt()
  @Min(100)
  @Max(25_000)
  noticeTimeoutMs!: number;

  @Setting({
    env: 'MILLRACE_COURT_LENDERS',
    description:
      'Lenders whose court takes cases in electronically and tells what becomes of them, separated by commas, or * for all; by hand where it is not set.',
    optional: true,
  })
  @Matches(COURT_LENDERS, { message: 'courtLenders must be lenders separated by commas, or *' })
  courtLenders?: string;

  @Setting({
    env: 'MILLRACE_COURT_NEWS_INTERVAL_MS',
    description: 'How long after one look at the news of a case in court the next one follows, in milliseconds.',
    default: 3_600_000,
  })
  @IsInt()
  @Min(500)
  @Max(86_400_000)
  courtNewsIntervalMs!: number;
}
