import type { Clock } from '@millrace/contracts';
import { decisionText } from '@millrace/process';
import { CLOCK, Database, MetricsRegistry } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { MEASURED_DECISIONS } from './measured-decisions.js';

const HOUR_MS = 3_600_000;
const WINDOWS = { '1h': HOUR_MS, '7d': 7 * 24 * HOUR_MS } as const;
type Window = keyof typeof WINDOWS;

/** A week of decisions is read for it, so not at every scrape. */
const KEEP_MS = 30_000;

/** What a step decided stands in its history row, under the name that the process table gives it. */
const COUNT = `select decision, count(*)::int as week, count(*) filter (where at > $2)::int as hour
  from application_history where at > $1 and decision is not null group by decision`;

interface Counted extends Record<string, unknown> {
  readonly decision: string;
  readonly week: number;
  readonly hour: number;
}

type Figure = { readonly labels: { window: Window; outcome: string; decider: string }; readonly value: number };

function figuresOf(rows: readonly Counted[]): Figure[] {
  return MEASURED_DECISIONS.flatMap((decision) => {
    const own = rows.find((row) => row.decision === decisionText(decision));
    return [
      { labels: { window: '1h' as const, ...decision }, value: own?.hour ?? 0 },
      { labels: { window: '7d' as const, ...decision }, value: own?.week ?? 0 },
    ];
  });
}

/** Decisions of the last hour and the last week, counted in the database: an alert that looks back for days must not forget at each deployment (R-TC-08). */
@Injectable()
export class CountDecisions {
  #figures: { readonly at: number; readonly read: Promise<Figure[]> } | undefined;

  constructor(
    @Inject(MetricsRegistry) metrics: MetricsRegistry,
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    metrics.gauges(
      'millrace_recent_decisions',
      'Decisions of the last hour and the last week, by window (1h, 7d), outcome and decider.',
      ['window', 'outcome', 'decider'],
      () => this.#recent(),
    );
  }

  #recent(): Promise<Figure[]> {
    const now = this.clock.now().getTime();
    if (!this.#figures || now - this.#figures.at >= KEEP_MS) {
      const read = this.#count(now);
      this.#figures = { at: now, read };
      // A failed look is not kept: the next scrape tries again.
      read.catch(() => (this.#figures = undefined));
    }
    return this.#figures.read;
  }

  async #count(now: number): Promise<Figure[]> {
    const { rows } = await this.database.query<Counted>(COUNT, [new Date(now - WINDOWS['7d']), new Date(now - WINDOWS['1h'])]);
    return figuresOf(rows);
  }
}
