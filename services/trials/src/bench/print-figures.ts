import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { plainTable } from '../demo/plain-table.js';
import { byCaller, byFunction, byPackage, type CpuProfile, type ProfileShare } from './cpu-profile.js';
import type { CloseFigures } from './measure-close.js';
import type { RepaymentFigures } from './measure-repayments.js';
import { median } from './statistics.js';
import type { KafkaFigures } from './measure-kafka.js';
import type { DistributedFigures } from './measure-distributed.js';
import type { PipelineCauses, PipelineFigures } from './measure-pipeline.js';
import { middle, type LoadRound } from './measure-round.js';
import type { StepFigures } from './measure-step.js';
import type { Machine } from './machine.js';
import type { Comparison } from './statistics.js';

/** Everything that one run found; a part that did not run is not there. */
export interface Figures {
  readonly machine: Machine;
  readonly step?: StepFigures;
  readonly kafka?: KafkaFigures;
  readonly pipeline?: readonly PipelineFigures[];
  readonly distributed?: DistributedFigures;
  readonly close?: CloseFigures;
  readonly repayments?: RepaymentFigures;
  readonly causes?: PipelineCauses;
  /** Parts that could not run, and why. */
  readonly skipped: readonly string[];
}

const AIM_STEP = 0.7;
const AIM_KAFKA = 0.8;
const AIM_LOANS_PER_SECOND = 100;
const AIM_DECISION_MS = 1_000;
const AIM_FLAT = 0.1;
const AIM_SECONDS_OF_A_MILLION = 60;
const MILLION = 1_000_000;
const AIM_CHANGED_PER_SECOND = 5_000;
const AIM_MEMORY_MIB = 1_024;
/** Repayments beside the close, as a share of their rate alone. */
const AIM_BESIDE = 0.7;
const MOST_SHARES = 20;

const whole = (value: number | undefined): string => (value === undefined ? 'not told' : String(Math.round(value)));
const twoPlaces = (value: number): string => value.toFixed(2);
const met = (yes: boolean): string => (yes ? 'met' : 'NOT met');

function comparisonRow(name: string, unit: string, aim: number, { ours, ceiling, ratio, lowestRatio, highestRatio, rounds }: Comparison): string[] {
  const range = `${twoPlaces(lowestRatio)}–${twoPlaces(highestRatio)} in ${rounds}`;
  return [name, whole(ours), whole(ceiling), unit, twoPlaces(ratio), range, `≥ ${aim} ${met(ratio >= aim)}`];
}

function comparisonTable({ step, kafka }: Figures): string {
  const table = plainTable(['figure', 'ours', 'ceiling', 'unit', 'ratio', 'of rounds', 'aim'], ['left', 'right', 'right', 'left', 'right', 'left', 'left']);
  for (const [name, comparison] of Object.entries(step ?? {}))
    table.push(comparisonRow(`consumer step ÷ pgbench, ${name === 'batchOf1' ? 'single' : 'batches of 10'}`, 'transactions/s', AIM_STEP, comparison));
  if (kafka) {
    table.push(comparisonRow('Kafka adapter ÷ bare kafkajs, produce', 'records/s', AIM_KAFKA, kafka.produce));
    table.push(comparisonRow('Kafka adapter ÷ bare kafkajs, consume', 'records/s', AIM_KAFKA, kafka.consume));
  }
  return table.toString();
}

/** Rows of the pipeline's table: what is shown, which figure, and how its first column (fewest stored loans) is judged. */
const PIPELINE_ROWS: readonly { name: string; of: (round: LoadRound) => number | undefined; places: number; aim?: (value: number) => string }[] = [
  {
    name: 'loans/s, full load',
    of: (round) => round.loansPerSecond,
    places: 1,
    aim: (value) => `≥ ${AIM_LOANS_PER_SECOND} ${met(value >= AIM_LOANS_PER_SECOND)}`,
  },
  { name: 'processor ms a loan: services', of: (round) => inMs(round.processorSeconds.services), places: 1 },
  { name: 'processor ms a loan: PostgreSQL', of: (round) => inMs(round.processorSeconds.postgres), places: 1 },
  { name: 'processor ms a loan: Kafka and Redis', of: (round) => inMs(round.processorSeconds.broker), places: 1 },
  { name: 'processor ms a loan: load', of: (round) => inMs(round.processorSeconds.load), places: 1 },
  { name: 'submissions/s, half load', of: (round) => round.halfLoadPerSecond, places: 1 },
  { name: 'submit p50, ms', of: (round) => round.submitMs.p50, places: 0 },
  { name: 'submit p99, ms', of: (round) => round.submitMs.p99, places: 0 },
  { name: 'submit → decision p50, ms', of: (round) => round.decisionMs.p50, places: 0 },
  { name: 'submit → decision p99, ms', of: (round) => round.decisionMs.p99, places: 0, aim: (value) => `< ${AIM_DECISION_MS} ${met(value < AIM_DECISION_MS)}` },
  { name: 'submit → paid out p50, ms', of: (round) => round.paidMs.p50, places: 0 },
  { name: 'submit → paid out p99, ms', of: (round) => round.paidMs.p99, places: 0 },
];

function inMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1_000;
}

function pipelineTable({ pipeline = [], distributed }: Figures): string {
  const systems = [
    ...pipeline.map(({ storedLoans, rounds }) => ({ head: `${storedLoans} stored`, rounds })),
    ...(distributed ? [{ head: 'distributed', rounds: distributed.rounds }] : []),
  ];
  const heads = systems.map(({ head }) => head);
  const table = plainTable(['pipeline', ...heads, 'aim, standalone'], ['left', ...heads.map(() => 'right' as const), 'left']);
  for (const { name, of, places, aim } of PIPELINE_ROWS) {
    const values = systems.map(({ rounds }) => middle(rounds, of));
    table.push([
      name,
      ...values.map((value) => value?.toFixed(places) ?? 'not told'),
      aim && pipeline.length > 0 && values[0] !== undefined ? aim(values[0]) : '',
    ]);
  }
  return table.toString();
}

function flatnessLine([few, many]: readonly PipelineFigures[]): string[] {
  if (!few || !many) return [];
  const ratio = middle(many.rounds, (round) => round.loansPerSecond)! / middle(few.rounds, (round) => round.loansPerSecond)!;
  return [`Loans/s at ${many.storedLoans} stored ÷ at ${few.storedLoans}: ${twoPlaces(ratio)} (flat within 10%: ${met(ratio >= 1 - AIM_FLAT)})`];
}

const shareLines = (title: string, shares: readonly ProfileShare[]): string[] => [
  `\n${title}`,
  ...shares.slice(0, MOST_SHARES).map(({ name, share }) => `  ${(100 * share).toFixed(1).padStart(5)}%  ${name}`),
];

/** A profile is one file a thread; the largest is that of the services. */
function profileLines(directory: string): string[] {
  const files = readdirSync(directory).filter((name) => name.endsWith('.cpuprofile'));
  const [largest] = files.map((name) => join(directory, name)).sort((a, b) => statSync(b).size - statSync(a).size);
  if (!largest) return [`There is no profile in ${directory}.`];
  const profile = JSON.parse(readFileSync(largest, 'utf8')) as CpuProfile;
  return [
    ...shareLines('Busy time of the services by package', byPackage(profile)),
    ...shareLines('by function on top of the stack', byFunction(profile)),
    ...shareLines('by what of ours called it', byCaller(profile)),
  ];
}

function causeLines({ profileDirectory, statements }: PipelineCauses): string[] {
  const table = plainTable(['share', 'ms', 'calls', 'role', 'statement'], ['right', 'right', 'right', 'left', 'left']);
  for (const { share, totalMs, calls, role, query } of statements)
    table.push([`${(100 * share).toFixed(1)}%`, whole(totalMs), String(calls), role, query.slice(0, 90)]);
  return ['\nStatements by total time', table.toString(), ...profileLines(profileDirectory)];
}

function closeTable({
  loans,
  days,
  secondsOfDay,
  processorSecondsOfDay,
  changedPerSecond,
  ceilingRatio,
  ageing,
  mostMemoryMib,
  bytesOfLoanAndYear,
}: CloseFigures): string {
  const table = plainTable([`close of ${loans} loans, ${days.length} days`, 'median', 'aim'], ['left', 'right', 'left']);
  const aimSeconds = (AIM_SECONDS_OF_A_MILLION * loans) / MILLION;
  table.push(['seconds a day', secondsOfDay.toFixed(2), `≤ ${aimSeconds.toFixed(1)} ${met(secondsOfDay <= aimSeconds)}`]);
  table.push(['processor seconds a day (service and PostgreSQL)', processorSecondsOfDay.toFixed(2), '']);
  table.push(['changed loans/s, the busiest day', whole(changedPerSecond), `≥ ${AIM_CHANGED_PER_SECOND} ${met(changedPerSecond >= AIM_CHANGED_PER_SECOND)}`]);
  table.push(['one statement over the same rows ÷ the close', twoPlaces(ceilingRatio), '']);
  table.push(['last fifth of the days ÷ first', twoPlaces(ageing), `≤ 1.1 ${met(ageing <= 1 + AIM_FLAT)}`]);
  table.push(['most memory of the process, MiB', whole(mostMemoryMib), `< ${AIM_MEMORY_MIB} ${met(mostMemoryMib < AIM_MEMORY_MIB)}`]);
  table.push(['bytes a loan and year that the close adds', whole(bytesOfLoanAndYear), '']);
  return table.toString();
}

function repaymentsTable({ loans, rounds, ratio }: RepaymentFigures): string {
  const table = plainTable([`repayments beside the close of ${loans} loans, ${rounds.length} rounds`, 'median', 'aim'], ['left', 'right', 'left']);
  table.push(['repayments/s alone', whole(median(rounds.map(({ alonePerSecond }) => alonePerSecond))), '']);
  table.push(['repayments/s beside the close', whole(median(rounds.map(({ besidePerSecond }) => besidePerSecond))), '']);
  table.push(['beside ÷ alone', twoPlaces(ratio), `≥ ${AIM_BESIDE} ${met(ratio >= AIM_BESIDE)}`]);
  return table.toString();
}

/** Everything that docs/performance.md needs, as lines for a terminal. */
export function figureLines(figures: Figures): string[] {
  const { machine, step, kafka, pipeline, distributed, close, repayments, causes, skipped } = figures;
  const { at, cpu, cores, memoryGib, node, platform, loadAverage } = machine;
  return [
    `${at}: ${cores} × ${cpu}, ${memoryGib} GiB, Node.js ${node}, ${platform}; load average at the beginning ${twoPlaces(loadAverage)}`,
    ...skipped.map((reason) => `SKIPPED: ${reason}`),
    ...(step || kafka ? [comparisonTable(figures)] : []),
    ...(pipeline || distributed ? [pipelineTable(figures), ...flatnessLine(pipeline ?? [])] : []),
    ...(close ? [closeTable(close)] : []),
    ...(repayments ? [repaymentsTable(repayments)] : []),
    ...(causes ? causeLines(causes) : []),
  ];
}
