import type { ScenarioOptions } from './scenario-options.js';
import { ALL_SCENARIOS, PARENT_TITLES, parentOf } from './all-scenarios.js';
import { Check } from './check.js';
import { AlwaysHeld } from './always-held.js';
import { ACCOUNTS_WITH_NEIGHBOUR, clientsWithNeighbour, Neighbour } from './neighbour.js';
import type { NotBuilt, Scenario } from './scenario.js';
import { DistributedSystem } from '../stage/distributed-system.js';
import { Stage } from '../stage/stage.js';
import { SCENARIO_START, type StagedSystem } from '../stage/staged-system.js';
import { StandaloneSystem } from '../stage/standalone-system.js';

export type ScenarioStatus = 'passed' | 'failed' | 'partial' | 'not-built';

/** How one scenario, or a part of one, ended. */
export interface ScenarioResult {
  readonly id: string;
  readonly title: string;
  /** A scenario with parts is `partial` while some of them are not built, and `failed` where one of them failed. */
  readonly status: ScenarioStatus;
  /** Things that were held against what the scenario tells. */
  readonly assertions: number;
  readonly seconds: number;
  /** Why it failed, one sentence. */
  readonly reason?: string;
}

/** Told of the steps of a scenario as it plays, and of each result. */
export interface Onlooker {
  onStep(id: string, step: string): void;
  onResult(result: ScenarioResult): void;
}

const SCORECARDS: Readonly<Record<Scenario['scorecard'], Readonly<Record<string, string>>>> = {
  product: {},
  vector: { MILLRACE_SCORING_SCORECARD: 'scenario-v0' },
};

/** What the scenarios are played on. */
type Setting = Pick<ScenarioOptions, 'runtime' | 'lender'>;

async function openSystem(
  { runtime, lender }: Setting,
  { scorecard, startsOn }: Pick<Scenario, 'scorecard' | 'startsOn'>,
): Promise<{ system: StagedSystem; secrets: Readonly<Record<string, string>> }> {
  const { setting, secrets } = clientsWithNeighbour();
  const clients = { MILLRACE_GATEWAY_CLIENTS: setting, MILLRACE_STATEMENT_ACCOUNTS: ACCOUNTS_WITH_NEIGHBOUR };
  const stage = {
    startAt: startsOn === undefined ? SCENARIO_START : new Date(`${startsOn}T02:00:00Z`),
    settings: { ...SCORECARDS[scorecard], ...clients, MILLRACE_LENDER_TYPE: lender },
  };
  if (runtime === 'distributed') return { system: await DistributedSystem.start(stage), secrets };
  const standalone = new StandaloneSystem(stage);
  return {
    secrets,
    system: await standalone.start().catch(async (error: unknown) => {
      await standalone.stop();
      throw error;
    }),
  };
}

/** Plays one scenario on a system of its own, beside a loan of another tenant. */
async function playOne(scenario: Scenario, on: Setting, onStep: (step: string) => void): Promise<Pick<ScenarioResult, 'status' | 'assertions' | 'reason'>> {
  const check = new Check();
  onStep('starting');
  // A system that cannot start says nothing of the scenario, and ends the run.
  const { system, secrets } = await openSystem(on, scenario);
  try {
    const stage = new Stage(system, secrets);
    const neighbour = await Neighbour.settle(stage);
    const alwaysHeld = new AlwaysHeld(stage, check, neighbour);
    await scenario.play({ stage, check, alwaysHeld, step: onStep });
    onStep('books, money, decisions, histories, events');
    await alwaysHeld.hold();
    return { status: 'passed', assertions: check.count };
  } catch (error) {
    return { status: 'failed', assertions: check.count, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await system.stop();
  }
}

const isBuilt = (scenario: Scenario | NotBuilt): scenario is Scenario => 'play' in scenario;

async function resultOf(scenario: Scenario | NotBuilt, on: Setting, onlooker: Onlooker): Promise<ScenarioResult> {
  const { id, title } = scenario;
  if (!isBuilt(scenario)) return { id, title, status: 'not-built', assertions: 0, seconds: 0 };
  const startedAt = performance.now();
  const ended = await playOne(scenario, on, (step) => onlooker.onStep(id, step));
  return { id, title, ...ended, seconds: Math.round(performance.now() - startedAt) / 1_000 };
}

/** What the results of its parts say of a scenario; parts that were not asked for count as what they are where they are not built. */
export function parentResult(id: string, parts: readonly ScenarioResult[]): ScenarioResult {
  const has = (status: ScenarioStatus): boolean => parts.some((part) => part.status === status);
  const unplayed = ALL_SCENARIOS.some((scenario) => parentOf(scenario.id) === id && !parts.some((part) => part.id === scenario.id));
  const whole: ScenarioStatus = has('not-built') || unplayed ? (has('passed') ? 'partial' : 'not-built') : 'passed';
  const sum = (of: (part: ScenarioResult) => number): number => parts.reduce((total, part) => total + of(part), 0);
  return {
    id,
    title: PARENT_TITLES[id] ?? id,
    status: has('failed') ? 'failed' : whole,
    assertions: sum(({ assertions }) => assertions),
    seconds: Math.round(sum(({ seconds }) => seconds) * 1_000) / 1_000,
  };
}

/** Plays the named scenarios, a parent with all its parts, or all of them, so many at a time. The results come in the order of the scenarios, whichever ended first. */
export async function playScenarios(
  ids: readonly string[],
  { atOnce, ...on }: Setting & { readonly atOnce: number },
  onlooker: Onlooker,
): Promise<ScenarioResult[]> {
  const wanted = ALL_SCENARIOS.filter(({ id }) => ids.length === 0 || ids.includes(id) || ids.includes(parentOf(id) ?? ''));
  const groups = Map.groupBy(wanted, ({ id }) => parentOf(id) ?? id);
  const results = new Map<string, ScenarioResult>();
  const keep = (result: ScenarioResult): void => {
    results.set(result.id, result);
    onlooker.onResult(result);
  };
  const waiting = wanted.values();
  const playNext = async (): Promise<void> => {
    for (const scenario of waiting) {
      keep(await resultOf(scenario, on, onlooker));
      const parent = parentOf(scenario.id);
      const parts = parent === undefined ? [] : groups.get(parent)!.flatMap(({ id }) => results.get(id) ?? []);
      if (parent !== undefined && parts.length === groups.get(parent)!.length) keep(parentResult(parent, parts));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, playNext));
  return [...groups].flatMap(([parent, scenarios]) => [...new Set([...scenarios.map(({ id }) => id), parent])].map((id) => results.get(id)!));
}
