import { turnJob, type Job } from '@millrace/service';

/** Job that asks the court for the news of one case. */
export const PULL_COURT_NEWS = 'pull_court_news';

/** A watch untouched for so long has lost its job or its worker; longer than the court may take to answer. */
export const TAKEOVER_MS = 60_000;

export const watchJob = (watchId: string, turn: number): Job => turnJob(PULL_COURT_NEWS, 'watchId', watchId, turn);
