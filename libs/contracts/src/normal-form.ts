/** Most names are only Chinese characters, or only capital letters and digits: nothing of them changes, and millions of rows pass here. */
const UNCHANGED = /^(?:[\u4E00-\u9FFF]+|[A-Z0-9]+)$/;
/** Characters that have no width or only steer the layout: zero-width spaces and joiners, soft hyphens, variation selectors, byte order marks. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]+/gu;
/** White space of every width; other control characters, and the braille blank, are no more than that on a screen. */
const BLANKS = /[\s\p{Cc}\u2800]+/gu;
/** Between two letters or digits of scripts that part words by spaces a blank counts; beside a Chinese character, a bracket or a dot it does not. */
const SILENT_BLANK = /(?<![\p{L}\p{N}\p{M}]) | (?![\p{L}\p{N}\p{M}])|(?<=[\p{scx=Han}\p{scx=Kana}\p{scx=Hira}]) | (?=[\p{scx=Han}\p{scx=Kana}\p{scx=Hira}])/gu;
/** Ways in which systems write the dot of a name (间隔号); U+00B7 is the one on identity cards. */
const DOTS = /[.\u2022\u2027\u2218\u2219\u22C5\u25CF\u25E6\u26AC\u2E31\u2E33\u3002\u30FB\uA78F\u16EB\u119E\u2E30\u1427]/gu;
const OPENING_BRACKETS = /[[{<\u2329\u27E8\u3008\u300A\u3010\u3014\u3016\u3018\u301A\u2768\u2774]/gu;
const CLOSING_BRACKETS = /[\]}>\u232A\u27E9\u3009\u300B\u3011\u3015\u3017\u3019\u301B\u2769\u2775]/gu;
const DASHES = /[\p{Pd}\u2212]/gu;
const APOSTROPHES = /[\u2018\u2019\u201A\u201B\u2032\u00B4`\u02BC]/gu;
const MAX_ROUNDS = 8;
const QUOTES = /[\u201C\u201D\u201E\u201F\u2033\u300C-\u300F\u00AB\u00BB]/gu;

function foldOnce(text: string): string {
  return (
    text
      .replace(BLANKS, ' ')
      .replace(INVISIBLE, '')
      .normalize('NFKC')
      .toUpperCase()
      // Capitals of ligatures and the like are not composed again by themselves.
      .normalize('NFKC')
      .replace(INVISIBLE, '')
      .replace(DOTS, '·')
      .replace(OPENING_BRACKETS, '(')
      .replace(CLOSING_BRACKETS, ')')
      .replace(DASHES, '-')
      .replace(APOSTROPHES, "'")
      .replace(QUOTES, '"')
      .replace(BLANKS, ' ')
      .replace(SILENT_BLANK, '')
  );
}

/**
 * The one form in which names of firms and people, and their numbers, are compared: width, brackets, dots, dashes and case are unified, what
 * cannot be seen is removed, white space is folded. It is for comparing alone: the text as it came is kept beside it and is what is shown.
 * The same text gives the same form again (`normalForm(normalForm(t)) === normalForm(t)`), so a stored form may be compared with a new one.
 */
export function normalForm(text: string): string {
  let form = text;
  // Removing a blank may bring a mark to its letter, which then has one more thing to fold; real names need one round.
  for (let round = 0; round < MAX_ROUNDS && !UNCHANGED.test(form); round += 1) {
    const next = foldOnce(form);
    if (next === form) break;
    form = next;
  }
  return form;
}

/** True where two texts are the same name or number in {@link normalForm}. */
export function sameInNormalForm(one: string, other: string): boolean {
  return one === other || normalForm(one) === normalForm(other);
}
