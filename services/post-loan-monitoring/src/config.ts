import { serviceConfig, Setting } from '@millrace/service';
import { Matches } from 'class-validator';

/** Settings of post-loan-monitoring; the only place of this service that reads them. */
export class PostLoanMonitoringConfig extends serviceConfig('post-loan-monitoring') {
  @Setting({
    env: 'MILLRACE_CLOSE_CUT_OFF',
    description: 'Time of the next day (Asia/Shanghai, HH:MM) until which money of a business date may be told; then the date is closed.',
    default: '00:30',
  })
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'closeCutOff must be a time of day as HH:MM' })
  closeCutOff!: string;
}
