/** Texts that a provider has to be found in, beside the folder of the service that calls it. */
export interface ProviderTexts {
  /** docs/provider-contract.md. */
  readonly contract: string;
  /** Sources of the sandbox, one after the other. */
  readonly sandbox: string;
  /** The sandbox's list of parties that faults can be switched on for. */
  readonly faults: readonly string[];
}

/** What a part of an outside party still lacks outside its caller, each by name; `part` is its fault name. */
export function missingOfProvider(part: string, { contract, sandbox, faults }: ProviderTexts): string[] {
  return [
    ...(new RegExp(`^## .*\`${part}\``, 'm').test(contract) ? [] : [`docs/provider-contract.md: a section with the fault name \`${part}\``]),
    ...(sandbox.includes(`@PlaysProvider('${part}')`) ? [] : [`services/provider-sandbox: a controller with @PlaysProvider('${part}')`]),
    ...(faults.includes(part) ? [] : [`services/provider-sandbox/src/fault/fault.dto.ts: ${part} in PROVIDERS`]),
  ];
}
