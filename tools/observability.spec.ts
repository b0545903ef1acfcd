import { load } from 'js-yaml';
import { listFiles, type SourceFile } from './source-tree.js';

// Goal: what an operator looks at when something is wrong is true: metrics exist, alerts have their page, pages their alert.

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface Panel {
  readonly title: string;
  readonly description?: string;
  readonly targets?: readonly { readonly expr: string }[];
}

const files = listFiles();
const fileAt = (path: string): SourceFile => files.find((file) => file.path === path)!;
const { groups } = load(fileAt('deploy/prometheus/alerts.yml').text) as { groups: readonly { readonly rules: readonly Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(fileAt('deploy/grafana/millrace.json').text) as { panels: readonly Panel[] };
const pages = files.filter(({ path }) => path.startsWith('docs/runbooks/'));
const guide = fileAt('docs/observability.md').text;

/** Metrics that the code registers, by the names they are registered under. */
const code = files.filter(({ path }) => /^(libs|services)\/[^/]+\/src\/.*\.ts$/.test(path) && !path.endsWith('.spec.ts'));
const METRIC = /(?:counter|histogram|gauges?)(?:<[^>]*>)?\(\s*'(millrace_[a-z_]+)'/g;
const registered = new Set(code.flatMap(({ text }) => [...text.matchAll(METRIC)].map(([, name]) => name!)));
const HISTOGRAM_PARTS = /_(bucket|count|sum)$/;

function unknownMetrics(expr: string): string[] {
  const names = [...expr.matchAll(/\bmillrace_[a-z_]+/g)].map(([name]) => name);
  return names.filter((name) => !registered.has(name) && !registered.has(name.replace(HISTOGRAM_PARTS, '')));
}

test('alerts and dashboard ask only for metrics that the code registers', () => {
  expect(registered.size).toBeGreaterThan(15);
  const asked = [...rules.map(({ expr }) => expr), ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))];
  expect(asked.length).toBeGreaterThan(30);
  expect(asked.flatMap(unknownMetrics)).toEqual([]);
});

test('every metric is explained in the guide', () => {
  expect([...registered].filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
});

test('every alert has a severity, a summary and its page, and every page an alert that it names', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const { alert, labels, annotations } of rules) {
    expect(['warning', 'critical']).toContain(labels['severity']);
    expect(annotations['summary']).toBeTruthy();
    const page = pages.find(({ path }) => path === annotations['runbook_url']);
    expect(page?.text.split('\n')[0]).toContain(alert);
  }
  const linked = new Set(rules.map(({ annotations }) => annotations['runbook_url']));
  expect(pages.filter(({ path }) => !linked.has(path)).map(({ path }) => path)).toEqual([]);
});

test('a page says what the alert means, how to see it, and what to do', () => {
  const headings = ['## Meaning', '## How to see', '## What to do'];
  expect(pages.filter(({ text }) => headings.some((heading) => !text.includes(`\n${heading}\n`))).map(({ path }) => path)).toEqual([]);
});

test('the dashboard names only pages that are there', () => {
  const named = panels.flatMap(({ description = '' }) => description.match(/docs\/runbooks\/[a-z-]+\.md/g) ?? []);
  expect(named.filter((path) => !pages.some((page) => page.path === path))).toEqual([]);
});
