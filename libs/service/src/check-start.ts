import { ConfigError, type BaseConfig } from './config.js';
import type { ServiceDefinition } from './service-definition.js';

/** Services with the settings that they are about to start with. */
export type StartingService = readonly [definition: ServiceDefinition, config: BaseConfig];

/**
 * Asks every service what is wrong with what it will need and is no server: policy, tables, scorecards, templates, settings with a form of their own.
 * Throws one error with a line for each trouble, the same one of several services once. Run before anything is opened or listens.
 */
export async function checkStart(services: readonly StartingService[], now: Date): Promise<void> {
  const problems = await Promise.all(services.map(async ([definition, config]) => (await definition.check?.(config, now)) ?? []));
  const lines = [...new Set(problems.flat())];
  if (lines.length > 0) throw new ConfigError(['nothing was started:', ...lines].join(lines.length === 1 ? ' ' : '\n  '));
}
