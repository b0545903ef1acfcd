/** What V8 writes with `--cpu-prof`, as far as it is read here. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

/** A part of the time in which the thread was busy, 0 to 1. */
export interface ProfileShare {
  readonly name: string;
  readonly share: number;
}

const NOT_BUSY: ReadonlySet<string> = new Set(['(idle)', '(root)']);
/** Work of the engine itself that no source file stands for. */
const ENGINE = new Map([
  ['(garbage collector)', 'garbage collection'],
  ['(program)', 'native code outside any function'],
]);

/** Package of ours or of others that a file belongs to. */
export function packageOf(url: string, functionName: string): string {
  const engine = ENGINE.get(functionName);
  if (engine) return engine;
  if (url.startsWith('node:')) return 'node';
  const foreign = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url);
  if (foreign) return foreign[1]!;
  const ours = /\/((?:libs|services)\/[^/]+)\//.exec(url);
  return ours ? ours[1]! : 'native';
}

function selfTimes(profile: CpuProfile): Map<number, number> {
  const times = new Map<number, number>();
  profile.samples.forEach((id, at) => times.set(id, (times.get(id) ?? 0) + Math.max(0, profile.timeDeltas[at] ?? 0)));
  return times;
}

/** Shares of the busy time by `nameOf`, the largest first; a function counts where it is on top of the stack. */
function sharesBy(profile: CpuProfile, nameOf: (frame: CpuProfile['nodes'][number]['callFrame']) => string): ProfileShare[] {
  const times = selfTimes(profile);
  const byName = new Map<string, number>();
  let busy = 0;
  for (const { id, callFrame } of profile.nodes) {
    const time = times.get(id) ?? 0;
    if (time === 0 || NOT_BUSY.has(callFrame.functionName)) continue;
    busy += time;
    const name = nameOf(callFrame);
    byName.set(name, (byName.get(name) ?? 0) + time);
  }
  return [...byName].map(([name, time]) => ({ name, share: time / busy })).sort((a, b) => b.share - a.share);
}

/** Busy time by package. */
export function byPackage(profile: CpuProfile): ProfileShare[] {
  return sharesBy(profile, ({ url, functionName }) => packageOf(url, functionName));
}

/** Busy time by function. */
export function byFunction(profile: CpuProfile): ProfileShare[] {
  return sharesBy(profile, ({ url, functionName }) => `${functionName || '(anonymous)'} ${url.replace(/^.*\/(node_modules|libs|services)\//, '$1/')}`.trim());
}

/**
 * Busy time of everything that was called from a package of ours, whatever it called: the outermost of our own functions counts. What no function of
 * ours called (timers, sockets, the framework's own turns) is left out.
 */
export function byCaller(profile: CpuProfile): ProfileShare[] {
  const times = selfTimes(profile);
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const byName = new Map<string, number>();
  let busy = 0;
  const visit = (id: number, caller: string | undefined): void => {
    const { callFrame, children = [] } = nodes.get(id)!;
    const name = packageOf(callFrame.url, callFrame.functionName);
    const own = caller ?? (/^(libs|services)\//.test(name) ? `${name}: ${callFrame.functionName || '(anonymous)'}` : undefined);
    const time = times.get(id) ?? 0;
    if (!NOT_BUSY.has(callFrame.functionName)) busy += time;
    if (own) byName.set(own, (byName.get(own) ?? 0) + time);
    for (const child of children) visit(child, own);
  };
  const called = new Set(profile.nodes.flatMap(({ children = [] }) => children));
  for (const { id } of profile.nodes) if (!called.has(id)) visit(id, undefined);
  return [...byName].map(([name, time]) => ({ name, share: time / busy })).sort((a, b) => b.share - a.share);
}
