import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { load } from 'js-yaml';
import { listFiles } from './source-tree.js';

// Goal: an alert fires where it has to and not just beside it. Method: Prometheus' own rule tests, every alert in two cases.
const FOLDER = 'deploy/prometheus';
const files = listFiles();
const read = <T>(name: string): T => load(files.find(({ path }) => path === `${FOLDER}/${name}`)!.text) as T;

const { groups } = read<{ groups: readonly { rules: readonly { alert: string }[] }[] }>('alerts.yml');
interface RuleTest {
  readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts: readonly unknown[] }[];
}
const { tests } = read<{ tests: readonly RuleTest[] }>('alerts.test.yml');

test('T58: every alert is tried where it fires and where it is silent', () => {
  const cases = tests.flatMap(({ alert_rule_test: tried }) =>
    tried.map(({ alertname, exp_alerts }) => `${alertname} ${exp_alerts.length > 0 ? 'fires' : 'is silent'}`),
  );
  const wanted = groups.flatMap(({ rules }) => rules.flatMap(({ alert }) => [`${alert} fires`, `${alert} is silent`]));
  expect(wanted.filter((name) => !cases.includes(name))).toEqual([]);
});

const promtool = spawnSync('promtool', ['--version']).status === 0;
const required = process.env['MILLRACE_TEST_REQUIRE_SERVERS'] === 'true';
if (!promtool && !required) console.warn('SKIPPED: the rule tests of the alerts need promtool (Debian: apt-get install prometheus)');
const withPromtool = promtool || required ? test : test.skip;

withPromtool('T27, T58: promtool agrees with every rule test', () => {
  const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', 'alerts.test.yml'], { cwd: resolve(FOLDER), encoding: 'utf8' });
  expect([status, status === 0 ? '' : `${stdout}${stderr}`]).toEqual([0, '']);
});
