import { existsSync, readdirSync } from 'node:fs';
import type { ServiceDefinition } from '@millrace/service';

const SERVICES = new URL('../services/', import.meta.url);

function isDefinition(value: unknown): value is ServiceDefinition {
  return typeof value === 'object' && value !== null && 'consumes' in value && 'produces' in value && 'schema' in value;
}

/** The definition of every service, found where each has it: `services/<name>/src/<name>.module.ts`. */
export async function serviceDefinitions(): Promise<ServiceDefinition[]> {
  const modules = readdirSync(SERVICES)
    .map((name) => new URL(`${name}/src/${name}.module.ts`, SERVICES))
    .filter((file) => existsSync(file));
  const exported = await Promise.all(modules.map(async (file) => Object.values((await import(file.href)) as Record<string, unknown>)));
  return exported
    .flat()
    .filter(isDefinition)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
