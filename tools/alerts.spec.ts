import { spawnSync } from 'node:child_process';
import { basename, resolve } from 'node:path';
import { LENDING_SERVICES, SERVICES } from '@millrace/service';
import { hasPromtool } from '@millrace/testing';
import { load } from 'js-yaml';
import { listFiles } from './source-tree.js';

// Goal: an alert fires where it has to and not just beside it, and what is scraped is there. Method: Prometheus' own rule tests, every alert in two cases, and its check of
// configurations.
const FOLDER = 'deploy/prometheus';
const files = listFiles();
const read = <T>(name: string): T => load(files.find(({ path }) => path === `${FOLDER}/${name}`)!.text) as T;

const { groups } = read<{ groups: readonly { rules: readonly { alert: string }[] }[] }>('alerts.yml');
interface RuleTest {
  readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts: readonly unknown[] }[];
}
const cases = files.filter(({ path }) => path.startsWith(`${FOLDER}/alerts-`) && path.endsWith('.test.yml'));
const tests = cases.flatMap(({ text }) => (load(text) as { tests: readonly RuleTest[] }).tests);

test('T58, R-TC-08: every alert is tried where it fires and where it is silent', () => {
  const tried = tests.flatMap(({ alert_rule_test: tried }) =>
    tried.map(({ alertname, exp_alerts }) => `${alertname} ${exp_alerts.length > 0 ? 'fires' : 'is silent'}`),
  );
  const wanted = groups.flatMap(({ rules }) => rules.flatMap(({ alert }) => [`${alert} fires`, `${alert} is silent`]));
  expect(wanted.filter((name) => !tried.includes(name))).toEqual([]);
});

const withPromtool = hasPromtool() ? test : test.skip;

withPromtool.each(cases.map(({ path }) => basename(path)))('T27, T58: promtool agrees with the rule tests in %s', (file) => {
  const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], { cwd: resolve(FOLDER), encoding: 'utf8' });
  expect([status, status === 0 ? '' : `${stdout}${stderr}`]).toEqual([0, '']);
});

// Debian's build knows no Kubernetes.
const configurations = files.filter(({ path }) => path.startsWith(`${FOLDER}/prometheus`) && !path.includes('kubernetes')).map(({ path }) => basename(path));

withPromtool.each(configurations)('T57: promtool takes %s as a configuration', (file) => {
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'config', '--syntax-only', file], { cwd: resolve(FOLDER), encoding: 'utf8' });
  expect([status, status === 0 ? '' : `${stdout}${stderr}`]).toEqual([0, '']);
});

test('T59: the configuration beside npm start reads every service where it tells of itself', () => {
  const [job] = read<{ scrape_configs: readonly { static_configs: readonly { targets: readonly string[] }[] }[] }>('prometheus-npm-start.yml').scrape_configs;
  expect(job!.static_configs[0]!.targets).toEqual(LENDING_SERVICES.map((name) => `127.0.0.1:${SERVICES[name].port + 1_000}`).sort());
});
