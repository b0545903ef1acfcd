/** Trouble that the operator can understand and deal with; its message is the one line that is printed. */
export class OperatorError extends Error {}

/** One line for any trouble; a refused connection of Node carries its reason in a code, or in the errors inside. */
export function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : undefined;
  const text = error.message || (inner === undefined ? ((error as { code?: string }).code ?? error.name) : lineOf(inner));
  return text.split('\n')[0]!;
}
