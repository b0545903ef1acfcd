import { serviceConfig } from '@millrace/service';

/** Settings of post-loan-monitoring: those that every service has. */
export class PostLoanMonitoringConfig extends serviceConfig('post-loan-monitoring') {}
