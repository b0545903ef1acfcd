import { BaseConfig, OperationsPort, Setting } from '@millrace/service';
import { IsInt, IsString, Max, Min } from 'class-validator';

/** Settings of post-loan-monitoring; the only place of this service that reads them. */
export class PostLoanMonitoringConfig extends BaseConfig {
  @Setting({ env: 'MILLRACE_POST_LOAN_MONITORING_PORT', description: 'Port of post-loan-monitoring.', default: 8085 })
  @IsInt()
  @Min(0)
  @Max(65_535)
  declare port: number;

  @OperationsPort('MILLRACE_POST_LOAN_MONITORING_OPERATIONS_PORT')
  declare operationsPort?: number;

  @Setting({ env: 'MILLRACE_POST_LOAN_MONITORING_DATABASE_URL', description: "PostgreSQL URL with post-loan-monitoring's own role.", secret: true })
  @IsString()
  declare databaseUrl: string;
}
