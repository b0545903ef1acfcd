import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { CONSENT_TYPES, DISCLOSURES } from '@millrace/contracts';
import type { PublishedTextAnswer } from '@millrace/contracts/api';
import { RELEASED_TEXTS } from './released-texts.js';

/** Languages that every text is there in. */
export const TEXT_LANGUAGES = ['zh-CN', 'en'] as const;
export type TextLanguage = (typeof TEXT_LANGUAGES)[number];

/** A text of the lender that applicants are shown, as it is answered. */
export type PublishedText = PublishedTextAnswer;

const DIRECTORY = new URL('../../texts/', import.meta.url);
const FILE = /^((consent|disclosure)-([A-Za-z0-9_]+)\.v([1-9]\d*))\.(zh-CN|en)\.md$/;
const TYPES = { consent: CONSENT_TYPES, disclosure: DISCLOSURES } as const;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

function readText(file: string): PublishedText[] {
  const [, textVersion, kind, type, , language] = FILE.exec(file) ?? [];
  if (textVersion === undefined) return [];
  const text = readFileSync(new URL(file, DIRECTORY), 'utf8');
  const title = /^# (.+)$/m.exec(text)?.[1] ?? '';
  const textId = `${textVersion}.${language}`;
  return [
    {
      textId,
      kind: kind as PublishedText['kind'],
      type: type as PublishedText['type'],
      textVersion,
      language: language as TextLanguage,
      title,
      text,
      textSha256: sha256(text),
    },
  ];
}

const FILES = readdirSync(DIRECTORY).sort();
const TEXTS: readonly PublishedText[] = FILES.flatMap(readText);
const BY_SHA256: ReadonlyMap<string, PublishedText> = new Map(TEXTS.map((text) => [text.textSha256, text]));
const VERSIONS: ReadonlySet<string> = new Set(TEXTS.map(({ textVersion }) => textVersion));

const numberOf = ({ textVersion }: PublishedText): number => Number(textVersion.slice(textVersion.lastIndexOf('.v') + 2));

/** The newest wording of every type, in the order of the types. */
export function currentTexts(
  kind: PublishedText['kind'],
  { language, type }: { language?: string | undefined; type?: string | undefined } = {},
): PublishedText[] {
  const asked = TEXTS.filter(
    (text) => text.kind === kind && (type === undefined || text.type === type) && (language === undefined || text.language === language),
  );
  const isReplaced = (text: PublishedText): boolean =>
    TEXTS.some((other) => other.kind === kind && other.type === text.type && numberOf(other) > numberOf(text));
  return asked.filter((text) => !isReplaced(text));
}

/** The text with this hash, of any version that was ever released; undefined for a hash that is none of ours. */
export function textOfHash(textSha256: string): PublishedText | undefined {
  return BY_SHA256.get(textSha256);
}

/** True for the name of a version that is ours. */
export function isPublishedVersion(textVersion: string): boolean {
  return VERSIONS.has(textVersion);
}

function hashTroubles(texts: readonly PublishedText[], released: Readonly<Record<string, string>>): string[] {
  const changed = texts.filter(({ textId, textSha256 }) => released[textId] !== textSha256);
  const gone = Object.keys(released).filter((textId) => !texts.some((text) => text.textId === textId));
  return [
    ...changed.map(
      ({ textId, textSha256 }) =>
        `text ${textId}.md: it is not what was released (its SHA-256 is ${textSha256}); put that back, and make a new wording a new version`,
    ),
    ...gone.map((textId) => `text ${textId}.md: it was released and is not there; consents refer to it`),
  ];
}

/** What is wrong with some texts, a line each: a changed one, a name that is none, a type or language without a text. For the start and for tests. */
export function textTroubles(texts: readonly PublishedText[], released: Readonly<Record<string, string>>): string[] {
  const wanted = Object.entries(TYPES).flatMap(([kind, types]) => types.flatMap((type) => TEXT_LANGUAGES.map((language) => ({ kind, type, language }))));
  const lacking = wanted.filter(({ kind, type, language }) => !texts.some((text) => text.kind === kind && text.type === type && text.language === language));
  const untitled = texts.filter(({ title }) => title === '');
  return [
    ...hashTroubles(texts, released),
    ...lacking.map(({ kind, type, language }) => `texts: there is no ${kind} ${type} in ${language}`),
    ...untitled.map(({ textId }) => `text ${textId}.md: it has no title (a first line "# …")`),
  ];
}

/** As {@link textTroubles}, of the files as they are. */
export function checkTexts(): string[] {
  const strange = FILES.filter((file) => !FILE.test(file)).map((file) => `text ${file}: its name must be such as consent-C1.v1.zh-CN.md`);
  return [...strange, ...textTroubles(TEXTS, RELEASED_TEXTS)];
}
