import type { ApplicationView } from './gateway-client.js';

type Standing = Pick<ApplicationView, 'status'> & Partial<Pick<ApplicationView, 'drawdown' | 'loan'>>;

/** Where the whole stands in one word: the status of the loan where there is one, else of the drawdown, else of the application. */
export function standingOf({ status, drawdown, loan }: Standing): string {
  return loan?.status ?? drawdown?.status ?? status;
}
