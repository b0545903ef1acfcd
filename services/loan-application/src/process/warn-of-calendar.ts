import type { Clock } from '@millrace/contracts';
import { yearsWithoutCalendar } from '@millrace/policy';
import { CLOCK, LOGGER } from '@millrace/service';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';

/** No deadline in business days is longer than this, so only these days' holidays can be missed. */
const AHEAD_MS = 60 * 86_400_000;

/** Says once, at the start, that deadlines will count Monday to Friday, as the holidays of a year are not in `libs/policy/calendars` yet. */
@Injectable()
export class WarnOfCalendar implements OnApplicationBootstrap {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const now = this.clock.now();
    const years = yearsWithoutCalendar(now, new Date(now.getTime() + AHEAD_MS));
    if (years.length === 0) return;
    this.logger.warn(
      { years },
      'there is no business calendar for a year that deadlines reach: its holidays count as workdays until libs/policy/calendars has it',
    );
  }
}
