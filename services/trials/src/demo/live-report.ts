import colors from 'picocolors';
import { standingOf, percent, yuan, type ApplicationView, type FirmResult, type SandboxFirm } from '@millrace/client';
import type { HumanDecision } from './human-approver.js';

const REFRESH_MS = 250;

/** Shows the firms' way as it happens: a line for each that has come to its end, and one line of progress where the output is a terminal. */
export class LiveReport {
  readonly #paths = new Map<string, string[]>();
  readonly #status = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #terminal = process.stdout.isTTY;
  #finished = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly total: number) {}

  start(): void {
    if (this.#terminal) this.#timer = setInterval(() => this.#progress(), REFRESH_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#clear();
  }

  onStatus(firm: SandboxFirm, application: ApplicationView): void {
    const { applicationId } = application;
    const status = standingOf(application);
    this.#names.set(applicationId, firm.firmId);
    this.#status.set(firm.firmId, status);
    this.#paths.set(firm.firmId, [...(this.#paths.get(firm.firmId) ?? []), status]);
  }

  /** True for an application of this run. */
  follows(applicationId: string): boolean {
    return this.#names.has(applicationId);
  }

  onHuman({ applicationId, stage, comment }: HumanDecision): void {
    this.#line(colors.yellow(`        ${stage} officer on ${this.#names.get(applicationId) ?? applicationId}: ${comment}`));
  }

  onFinished({ firm, application, decidedAfterMs }: FirmResult): void {
    this.#status.delete(firm.firmId);
    this.#finished += 1;
    const place = `${String(this.#finished).padStart(String(this.total).length)}/${this.total}`;
    const { decision } = application;
    const outcome =
      decision?.outcome === 'approved' && decision.amountMinor
        ? colors.green(`${yuan(decision.amountMinor)} yuan at ${percent(decision.rateBps ?? 0)}`)
        : colors.red(decision?.reasons[0]?.code ?? standingOf(application));
    const seconds = decidedAfterMs === undefined ? '' : colors.dim(` decided in ${(decidedAfterMs / 1_000).toFixed(1)} s`);
    this.#line(`  ${place}  ${firm.firmId.padEnd(10)} ${colors.dim((this.#paths.get(firm.firmId) ?? []).join(' > '))}  ${outcome}${seconds}`);
  }

  #progress(): void {
    const counts = new Map<string, number>();
    for (const status of this.#status.values()) counts.set(status, (counts.get(status) ?? 0) + 1);
    const waiting = [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
    this.#clear();
    process.stdout.write(colors.cyan(`  ${this.#finished}/${this.total} done${waiting ? `; ${waiting}` : ''}`).slice(0, (process.stdout.columns || 120) - 1));
  }

  #line(text: string): void {
    this.#clear();
    process.stdout.write(`${text}\n`);
  }

  #clear(): void {
    if (this.#terminal) process.stdout.write('\r\u001b[2K');
  }
}
