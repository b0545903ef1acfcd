/** A capability as its definition has it. */
export interface ProducingCapability {
  readonly name: string;
  readonly produces?: readonly { readonly name: string }[];
}

interface Source {
  readonly path: string;
  readonly text: string;
}

/** Names of events that a source makes. */
const madeIn = (text: string, events: readonly string[]): string[] => events.filter((name) => new RegExp(`\\bnew ${name}\\b`).test(text));

/**
 * What `produces` of the capabilities of a service says otherwise than their folders do, a line each: an event that a folder makes and does not say, and one
 * that it says and does not make. The log's rights, the catalogue and the page of events are made from `produces`.
 * @param events names of all event classes but those that a lib makes in a service's name
 */
export function producedFaults(service: string, capabilities: readonly ProducingCapability[], files: readonly Source[], events: readonly string[]): string[] {
  return capabilities.flatMap(({ name, produces = [] }) => {
    const folder = `services/${service}/src/${name}/`;
    const own = files.filter(({ path }) => path.startsWith(folder) && path.endsWith('.ts') && !path.endsWith('.spec.ts'));
    const made = new Set(own.flatMap(({ text }) => madeIn(text, events)));
    const said = produces.map((event) => event.name).filter((event) => events.includes(event));
    return [
      ...[...made].filter((event) => !said.includes(event)).map((event) => `${service}/${name} makes ${event}, which is not in its produces`),
      ...said.filter((event) => !made.has(event)).map((event) => `${service}/${name} has ${event} in its produces and does not make it`),
    ];
  });
}
