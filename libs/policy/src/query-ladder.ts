/** When to ask about an unknown outcome for the `queries + 1`th time: the ladder's waits in seconds, of which the last repeats (S13). */
export function nextQueryAt(now: Date, queries: number, ladderSeconds: readonly number[]): Date {
  const wait = ladderSeconds[Math.min(queries, ladderSeconds.length - 1)];
  if (wait === undefined) throw new Error('the ladder of payment queries is empty');
  return new Date(now.getTime() + wait * 1_000);
}
