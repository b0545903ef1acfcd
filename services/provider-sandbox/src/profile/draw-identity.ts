import { residentIdCheckCharacter, usccCheckCharacter } from '@millrace/contracts';
import { drawPersonName } from './chinese-names.js';
import type { SeededDraw } from './seeded-draw.js';

/** A natural person; synthetic, as everybody in the sandbox. */
export interface DrawnPerson {
  readonly name: string;
  readonly idNumber: string;
  readonly mobile: string;
}

/** Regions that no authority has given out, so that no number made here can be a real one's. */
export const UNUSED_REGION = '990100';
const UNUSED_RESIDENT_REGION = '990101';
const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_CHARACTERS = 7;
/** The bank plays by the last four digits from 9000 on; a drawn account is an ordinary one. */
const ORDINARY_ENDINGS = 8_999;

/** A company's code of region 99 with its right check character. */
export function drawUscc(draw: SeededDraw): string {
  const organisation = Array.from({ length: ORGANISATION_CHARACTERS }, () => draw.pick([...USCC_ALPHABET])).join('');
  const body = `91${UNUSED_REGION}MA${organisation}`;
  return `${body}${usccCheckCharacter(body)}`;
}

/** A grown-up, born from 1966 to 1998. */
export function drawPerson(draw: SeededDraw): DrawnPerson {
  const born = `${draw.integer(1966, 1998)}${String(draw.integer(1, 12)).padStart(2, '0')}${String(draw.integer(1, 28)).padStart(2, '0')}`;
  const body = `${UNUSED_RESIDENT_REGION}${born}${String(draw.integer(1, 999)).padStart(3, '0')}`;
  return { name: drawPersonName(draw), idNumber: `${body}${residentIdCheckCharacter(body)}`, mobile: `199${draw.digits(8)}` };
}

/** An account number of 19 digits that the bank pays without ado. */
export function drawAccountNumber(draw: SeededDraw): string {
  return `9900${draw.digits(11)}${String(draw.integer(0, ORDINARY_ENDINGS)).padStart(4, '0')}`;
}
