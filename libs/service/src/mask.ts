/**
 * A value with its middle hidden: `990101199001010019` to `9901**********0019` (R-IT-05). At least a third of it is hidden, and a value that is not
 * longer than what may be shown keeps nothing (F22). Counted in characters, so that none is cut in half.
 */
export function mask(value: string, keepStart = 4, keepEnd = 4): string {
  const characters = [...value];
  const { length } = characters;
  if (length <= keepStart + keepEnd) return '*'.repeat(length);
  const shown = Math.min(keepStart + keepEnd, Math.floor((length * 2) / 3));
  const end = Math.min(keepEnd, Math.ceil(shown / 2));
  const start = Math.min(keepStart, shown - end);
  return `${characters.slice(0, start).join('')}${'*'.repeat(length - start - end)}${characters.slice(length - end).join('')}`;
}
