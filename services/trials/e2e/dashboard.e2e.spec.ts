import { readFileSync } from 'node:fs';
import { hasPrometheus } from '@millrace/testing';
import { load } from 'js-yaml';
import { Lender } from './lender.js';
import { RunningPrometheus, type Sample } from './running-prometheus.js';
import { S01_FIRM } from '../src/stage/scenario-firms.js';

// Goal: what an operator looks at shows something where there is something, and is quiet where nothing is wrong (T27, T57, T58). Method: a real Prometheus
// reads every service before and after loans that are paid out, and is asked every expression of the dashboard and of the alerts.
const DEPLOY = new URL('../../../deploy/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, DEPLOY), 'utf8');

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
}
interface Alerts {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

const { panels } = JSON.parse(read('grafana/millrace.json')) as Dashboard;
const shown = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr.replaceAll('$__rate_interval', '5m')] as const));
const { groups } = load(read('prometheus/alerts.yml')) as Alerts;
const rules = groups.flatMap((group) => group.rules.map(({ alert, expr }) => [alert, expr] as const));

/** What only some installations have, by what asks for it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  millrace_shared_store_fallback: 'a Redis that gateways share',
};
const isElsewhere = (expression: string): boolean => Object.keys(ELSEWHERE).some((metric) => expression.includes(metric));

/** Each metric of an expression with the labels that it is asked for. */
const selectorsOf = (expression: string): string[] => expression.match(/\b(?:(?:millrace|process|nodejs)_\w+|up)\b(?:\{[^}]*\})?/g) ?? [];
const selectors = [...new Set([...shown, ...rules].flatMap(([, expression]) => selectorsOf(expression)))].filter((selector) => !isElsewhere(selector));

const hasNumber = (samples: readonly Sample[]): boolean => samples.some(({ value }) => Number.isFinite(Number(value[1])));

(hasPrometheus() ? describe : describe.skip)('dashboard and alerts on real scrapes', () => {
  const lender = new Lender();
  let prometheus: RunningPrometheus;

  beforeAll(async () => {
    await lender.start();
    prometheus = await RunningPrometheus.start(lender.operationsAddresses());
    // A series that begins with its first count has no rate before the second one, so there are two loans.
    for (const firm of ['scraped-first', 'scraped-second']) {
      await prometheus.scrapes(2);
      await lender.takeOffer(await lender.apply(await lender.firm(firm, S01_FIRM)));
    }
    await prometheus.scrapes(2);
  }, 180_000);
  afterAll(async () => {
    await prometheus?.stop();
    await lender.stop();
  });

  test('there are expressions, and selectors in them', () => {
    expect(Math.min(shown.length, rules.length, selectors.length)).toBeGreaterThan(15);
  });

  test.each(selectors)('T58: there is a series of %s, whether or not it has counted anything', async (selector) => {
    expect(await prometheus.ask(selector)).not.toEqual([]);
  });

  test.each(shown)('T27, T57: %s shows something: %s', async (_, expression) => {
    const samples = await prometheus.ask(expression);
    expect(hasNumber(samples)).toBe(!isElsewhere(expression));
  });

  test.each(rules)('T27: %s is silent where nothing is wrong', async (_, expression) => {
    expect(await prometheus.ask(expression)).toEqual([]);
  });
});
