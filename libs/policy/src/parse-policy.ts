import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { Policy } from './policy.js';
import { contradictionsOf } from './policy-rules.js';

/** A line for each wrong field, with its path and the value that was read. */
function linesOf(errors: readonly ValidationError[], above = ''): string[] {
  return errors.flatMap((error) => {
    const path = `${above}${error.property}`;
    const value = error.value === undefined ? 'is missing' : JSON.stringify(error.value).slice(0, 80);
    const own = Object.values(error.constraints ?? {}).map(
      (why) => `${path} ${value}: ${why.startsWith(error.property) ? why.slice(error.property.length + 1) : why}`,
    );
    return [...own.slice(0, 1), ...linesOf(error.children ?? [], `${path}.`)];
  });
}

/** The policy that a plain object is, by section and key; every line says what is wrong in it. */
export function parsePolicy(plain: object): { readonly policy: Policy | undefined; readonly problems: readonly string[] } {
  const policy = plainToInstance(Policy, plain);
  const wrong = linesOf(validateSync(policy, { whitelist: true, forbidNonWhitelisted: true }));
  const problems = wrong.length > 0 ? wrong : contradictionsOf(policy);
  return { policy: problems.length > 0 ? undefined : policy, problems };
}
