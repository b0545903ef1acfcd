import type { Audience, Description, Field } from '@millrace/contracts/api';
import { hasRight, RIGHTS, type Principal, type Right } from '@millrace/service';

type Viewer = Pick<Principal, 'kind' | 'roles'>;
type Json = Record<string, unknown>;

/** What is done with one field of an answer. */
interface Rule {
  /** Who is shown it beside whoever may call; undefined where nobody else has to be asked for. */
  readonly shownTo: ((viewer: Viewer) => boolean) | undefined;
  readonly nullable: boolean;
  readonly isOpen: boolean;
  /** Values of the same rule under names that are not fixed. */
  readonly isKeyed: boolean;
  /** Rules of the object, or of the objects of the list; made when they are first needed, as a description may hold itself. */
  readonly nested: (() => Rules) | undefined;
}
type Rules = ReadonlyMap<string, Rule>;

/** For whom the whole answer is not meant. */
const NOTHING: Rules = new Map();

const rulesOf = new WeakMap<Description, Rules>();

/** Who is meant by an audience; throws for a right that there is not, and names the field. */
export function viewersOf(audience: Audience, where: string): ((viewer: Viewer) => boolean) | undefined {
  if (audience === 'callers') return undefined;
  if (audience === 'staff') return ({ kind }) => kind === 'staff';
  if (audience === 'nobody') return () => false;
  const right = audience.slice('right:'.length);
  if (!(right in RIGHTS)) throw new Error(`${where} is shown to the right "${right}", which libs/service does not have`);
  return (viewer) => hasRight(viewer, right as Right);
}

function ruleOf(description: Description, name: string, { spec }: Field): Rule {
  const { object, nullable = false, optional = false, open = false, keyed } = spec;
  const where = `${description.name}.${name}`;
  const audience = spec.shownTo ?? object?.shownTo ?? 'callers';
  // Whoever is shown the object around it has been asked for already.
  const shownTo = audience === description.shownTo ? undefined : viewersOf(audience, where);
  if (shownTo && !nullable && !optional && spec.shownTo !== 'nobody') throw new Error(`${where} is not shown to all, so it has to be nullable or optional`);
  return { shownTo, nullable, isOpen: open, isKeyed: keyed !== undefined, nested: object && (() => compile(object)) };
}

function compile(description: Description): Rules {
  const known = rulesOf.get(description);
  if (known) return known;
  const rules = new Map(Object.entries(description.fields).map(([name, field]) => [name, ruleOf(description, name, field)]));
  rulesOf.set(description, rules);
  return rules;
}

/** Cuts what may not stay under free names: a value that may not takes its name with it. */
function cutNamed(values: Json, { isOpen, nested }: Pick<Rule, 'isOpen' | 'nested'>, viewer: Viewer): void {
  const one = { isOpen, nested, isKeyed: false };
  for (const [name, value] of Object.entries(values)) {
    const fits = value === null || (nested ? isObject(value) : !isObject(value));
    if (!fits || !cutValue(value, one, viewer)) delete values[name];
  }
}

/** Cuts what may not stay inside a value; false where the value itself may not stay. */
function cutValue(value: unknown, rule: Pick<Rule, 'isOpen' | 'isKeyed' | 'nested'>, viewer: Viewer): boolean {
  const { isOpen, isKeyed, nested } = rule;
  if (value === null || isOpen) return true;
  if (typeof value !== 'object') return !isKeyed;
  if (Array.isArray(value)) {
    // An item that may not stay takes the list with it: nobody could tell what is missing.
    return !isKeyed && value.every((item) => (nested ? isObject(item) : !isObject(item)) && cutValue(item, rule, viewer));
  }
  if (isKeyed) cutNamed(value as Json, rule, viewer);
  else if (nested) cutObject(value as Json, nested(), viewer);
  return isKeyed || nested !== undefined;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

function cutObject(answer: Json, rules: Rules, viewer: Viewer): void {
  for (const name in answer) {
    const rule = rules.get(name);
    if (rule && (rule.shownTo === undefined || rule.shownTo(viewer)) && cutValue(answer[name], rule, viewer)) continue;
    if (rule?.nullable) answer[name] = null;
    else delete answer[name];
  }
}

/**
 * Makes what takes out of an answer, in place, all that its description does not name or does not show to the viewer: what a service answers beside
 * that stays inside. Such a field is null where the description lets it be, and missing otherwise. Throws for a description that cannot be kept.
 */
export function cutterOf(description: Description): (answer: unknown, viewer: Viewer) => void {
  const rules = compile(description);
  checkNested(rules, new Set([rules]));
  const shownTo = viewersOf(description.shownTo, description.name);
  return (answer, viewer) => {
    if (typeof answer === 'object' && answer !== null) cutObject(answer as Json, shownTo?.(viewer) === false ? NOTHING : rules, viewer);
  };
}

function checkNested(rules: Rules, seen: Set<Rules>): void {
  for (const { nested } of rules.values()) {
    const inner = nested?.();
    if (!inner || seen.has(inner)) continue;
    seen.add(inner);
    checkNested(inner, seen);
  }
}
