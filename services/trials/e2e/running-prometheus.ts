import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@millrace/service';
import { until } from '@millrace/testing';
import { dump, load } from 'js-yaml';

/** One series of an answer, with its value at the time of the question. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

const COMMITTED = new URL('../../../deploy/prometheus/prometheus.yml', import.meta.url);
const SCRAPE_INTERVAL = '1s';
const START_TIMEOUT_MS = 60_000;

interface Configuration {
  global: Record<string, string>;
  rule_files: string[];
  scrape_configs: { job_name: string; dns_sd_configs?: unknown; static_configs?: { targets: string[] }[] }[];
}

/** A real Prometheus under the committed configuration, but for the addresses of what it scrapes and how often. */
export class RunningPrometheus {
  private constructor(
    private readonly url: string,
    private readonly directory: string,
    private readonly process: ChildProcess,
    private readonly targets: number,
  ) {}

  /** @param targets `host:port` of the operations ports */
  static async start(targets: readonly string[]): Promise<RunningPrometheus> {
    const directory = mkdtempSync(join(tmpdir(), 'millrace-prometheus-'));
    const configuration = load(readFileSync(COMMITTED, 'utf8')) as Configuration;
    configuration.global = { ...configuration.global, scrape_interval: SCRAPE_INTERVAL, scrape_timeout: SCRAPE_INTERVAL };
    // Its rules are asked one by one, as the dashboard's expressions are.
    configuration.rule_files = [];
    const [job] = configuration.scrape_configs;
    delete job!.dns_sd_configs;
    job!.static_configs = [{ targets: [...targets] }];
    const file = join(directory, 'prometheus.yml');
    writeFileSync(file, dump(configuration));
    const address = `127.0.0.1:${await freePort()}`;
    const settings = [`--config.file=${file}`, `--storage.tsdb.path=${join(directory, 'data')}`, `--web.listen-address=${address}`, '--log.level=error'];
    const child = spawn('prometheus', settings, { stdio: ['ignore', 'ignore', 'inherit'] });
    const prometheus = new RunningPrometheus(`http://${address}`, directory, child, targets.length);
    const isReady = (): Promise<boolean> =>
      fetch(`http://${address}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    await until(isReady, 'the start of Prometheus', START_TIMEOUT_MS);
    return prometheus;
  }

  async stop(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await ended;
    rmSync(this.directory, { recursive: true });
  }

  /** The series that an expression gives now; throws Prometheus' own words where it is none. */
  async ask(expression: string): Promise<readonly Sample[]> {
    const answer = await fetch(`${this.url}/api/v1/query?${new URLSearchParams({ query: expression }).toString()}`);
    const { status, error, data } = (await answer.json()) as { status: string; error?: string; data?: { result: readonly Sample[] } };
    if (status !== 'success') throw new Error(`${expression}: ${error}`);
    return data!.result;
  }

  /** Waits until every target has been read so often once more. */
  async scrapes(count: number): Promise<void> {
    const each = async (): Promise<number[]> => (await this.ask('count_over_time(up[1h])')).map(({ value }) => Number(value[1]));
    const before = await each();
    const wanted = (before.length === 0 ? 0 : Math.max(...before)) + count;
    const done = async (): Promise<boolean> => {
      const now = await each();
      return now.length === this.targets && now.every((scrapes) => scrapes >= wanted);
    };
    await until(done, `${count} scrapes`, START_TIMEOUT_MS);
  }
}
