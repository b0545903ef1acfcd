import { allParameters, parametersOf, readManifest, valueOn, type DatedValue, type Parameter } from '@millrace/policy';
import { Command } from 'commander';
import { onInstallation, operatorCommand, print, reportTrouble } from '../command/operator-command.js';
import { OperatorError } from '../trouble/operator-error.js';
import { table } from '../command/print-table.js';
import type { Surroundings } from '../installation/surroundings.js';
import { evaluateUnder, storedCase, writtenCase } from './compare-cases.js';
import { comparedParts } from './compared-parts.js';
import { cutRelease } from './cut-release.js';
import { dayOf, lenderTypeOf, namedParts, namedRelease, releases } from './named-release.js';
import { keepParts, partsInPlace } from './parts-in-place.js';

const said = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value));

function listCommand(): Command {
  return new Command('list')
    .description('releases, with the day from which new applications are made under each')
    .option('--json', 'JSON for programs', false)
    .action((_: unknown, command: Command) =>
      reportTrouble(command, () => {
        const all = releases().map((release) => ({
          version: release.version,
          lenderType: release.lenderType,
          effectiveFrom: release.effectiveFrom,
          parameters: Object.keys(release.parameters).length,
          parts: Object.keys(readManifest(release.version).parts).length,
          sha256: readManifest(release.version).sha256,
        }));
        print(command, all, () =>
          table(
            ['release', 'from', 'parameters', 'parts', 'sha256'],
            all.map(({ version, effectiveFrom, parameters, parts, sha256 }) => [version, effectiveFrom, parameters, parts, sha256.slice(0, 12)]),
            ['parameters', 'parts'],
          ),
        );
      }),
    );
}

function valuesShown(parameter: Parameter, on: string | undefined): readonly DatedValue[] {
  if (on === undefined) return parameter.values;
  const value = valueOn(parameter.values, on);
  return value ? [value] : [];
}

function showCommand(): Command {
  return new Command('show')
    .description('a parameter, or all of a section: unit, who sets it, the moment that binds, and its values by date with the rules they come from')
    .argument('<parameter>', 'price.marginBps, or price')
    .option('--on <day>', 'only the value of this business date')
    .option('--lender <type>', 'only what a lender of this licence lends by')
    .option('--json', 'JSON for programs', false)
    .action((name: string, { on, lender }: { on?: string; lender?: string }, command: Command) =>
      reportTrouble(command, () => {
        const known = lender === undefined ? allParameters() : parametersOf(lenderTypeOf(lender));
        const found = known.filter(({ id }) => id === name || id.startsWith(`${name}.`));
        if (found.length === 0) throw new OperatorError(`there is no parameter ${name}; lendctl policy show <section> lists those of ${sections().join(', ')}`);
        const day = on === undefined ? undefined : dayOf(on);
        const rows = found.flatMap((parameter) =>
          valuesShown(parameter, day).map(({ from, value, cites }) => ({
            id: parameter.id,
            scope: parameter.licence ?? parameter.scope,
            binds: parameter.binds,
            unit: parameter.unit,
            from,
            value,
            cites,
          })),
        );
        print(command, rows, () =>
          table(
            ['parameter', 'set by', 'binds', 'unit', 'from', 'value', 'rules'],
            rows.map(({ id, scope, binds, unit, from, value, cites }) => [id, scope, binds, unit, from, said(value), cites.join(', ')]),
          ),
        );
      }),
    );
}

const sections = (): string[] => [...new Set(allParameters().map(({ id }) => id.split('.')[0]!))].sort();

function diffCommand(): Command {
  return new Command('diff')
    .description(
      'what two releases say differently, and which of their tables, scorecards, templates, texts, products and reasons; <lender type>@<day> is what the files say now',
    )
    .argument('<release>')
    .argument('<other>')
    .option('--json', 'JSON for programs', false)
    .action((name: string, otherName: string, _: unknown, command: Command) =>
      reportTrouble(command, () => {
        const [one, other] = [namedRelease(name), namedRelease(otherName)];
        const ids = [...new Set([...Object.keys(one.parameters), ...Object.keys(other.parameters)])].sort();
        const values = ids
          .map((id) => ({
            id,
            before: one.parameters[id]?.value,
            after: other.parameters[id]?.value,
            cites: (other.parameters[id] ?? one.parameters[id])!.cites,
          }))
          .filter(({ before, after }) => said(before) !== said(after));
        const rows = [...values, ...comparedParts(namedParts(name), namedParts(otherName)).map((part) => ({ ...part, cites: [] }))];
        print(command, rows, () =>
          rows.length === 0
            ? `${name} and ${otherName} say the same`
            : table(
                ['parameter or part', name, otherName, 'rules'],
                rows.map(({ id, before, after, cites }) => [id, said(before), said(after), cites.join(', ')]),
              ),
        );
      }),
    );
}

async function tryCase(command: Command, inputs: Parameters<typeof evaluateUnder>[0], names: readonly [string, string]): Promise<void> {
  const [before, after] = await Promise.all([evaluateUnder(inputs, namedRelease(names[0])), evaluateUnder(inputs, namedRelease(names[1]))]);
  const rows = (Object.keys(before) as (keyof typeof before)[]).map((figure) => ({ figure, before: before[figure], after: after[figure] }));
  print(command, rows, () =>
    table(
      ['figure', names[0], names[1], ''],
      rows.map((row) => [row.figure, said(row.before), said(row.after), said(row.before) === said(row.after) ? '' : 'changes']),
    ),
  );
}

function tryCommand(surroundings: Surroundings): Command {
  return operatorCommand('try', 'score, limit and price of one case under two releases; nothing is stored')
    .argument('<release>', 'a version, or <lender type>@<day> for what the files of parameters say now')
    .argument('<other>')
    .option('--application <id>', 'the inputs of the newest score of this application')
    .option('--case <file>', 'inputs from a JSON file, in the form in which scoring stores them')
    .action(async (name: string, other: string, { application, case: file }: { application?: string; case?: string }, command: Command) => {
      if ((application === undefined) === (file === undefined))
        command.error('error: say either --application or --case', { exitCode: 2, code: 'lendctl.usage' });
      if (application !== undefined)
        return onInstallation(command, surroundings, async (installation) => tryCase(command, await storedCase(installation, application), [name, other]));
      return reportTrouble(command, () => tryCase(command, writtenCase(file!), [name, other]));
    });
}

function releaseCommand(): Command {
  return new Command('release')
    .description(
      'freezes what the files say for a licence on a day as its next release: parameters, tables, scorecards, templates, texts, products and reasons',
    )
    .argument('<lender type>')
    .requiredOption('--from <day>', 'first business date on which new applications are made under it')
    .action((lenderType: string, { from }: { from: string }, command: Command) =>
      reportTrouble(command, () => {
        const { version, sha256 } = cutRelease(lenderTypeOf(lenderType), dayOf(from), partsInPlace());
        const kept = keepParts().map((file) => `, ${file}`);
        command
          .configureOutput()
          .writeOut?.(
            `${version} is released from ${from} (${sha256}); commit its file, its manifest, released.json${kept.join('')}, and start the services again\n`,
          );
      }),
    );
}

/** `lendctl policy`: what the rules of lending are on which day, what a change of them does, and their release. */
export function policyCommand(surroundings: Surroundings): Command {
  return new Command('policy')
    .description('parameters and releases of the lending policy')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(diffCommand())
    .addCommand(tryCommand(surroundings))
    .addCommand(releaseCommand());
}
