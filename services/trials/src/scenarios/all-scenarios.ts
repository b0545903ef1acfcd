import { B5_CLAIMED, B5_LAPSED } from './b5-guarantee.js';
import { S01 } from './s01-straight-through.js';
import { S02_EXPIRY, S02_FINE } from './s02-supplement.js';
import { S03 } from './s03-untrue.js';
import { S07 } from './s07-thin-file.js';
import { S09 } from './s09-appeal.js';
import { S10_A, S10_B, S10_C } from './s10-hard-lists.js';
import { S08_COMMITTEE } from './s08-committee.js';
import { S11_DRAFT } from './s11-draft.js';
import { S11_EXPIRY } from './s11-expiry.js';
import { S11_REVOKE } from './s11-revoke.js';
import { S12 } from './s12-recheck.js';
import { S15_MONEY } from './s15-misuse.js';
import { S13_REFUSED, S13_RETURNED, S13_UNKNOWN } from './s13-payment-result.js';
import { S16_MONEY, S16_REVERSAL } from './s16-money-in.js';
import { S17_CONTACT } from './s17-contact.js';
import { S17_CURED, S17_ROLL } from './s17-overdue-roll.js';
import { S17_REPORT } from './s17-report.js';
import { S18_EXTENSION } from './s18-extension.js';
import { S18_GUARANTOR } from './s18-guarantor.js';
import { S18_RENEWAL } from './s18-renewal.js';
import { S18_RESTRUCTURING } from './s18-restructuring.js';
import { S18_TRANSFER } from './s18-transfer.js';
import type { NotBuilt, Scenario } from './scenario.js';

const notBuilt = (id: string, title: string): NotBuilt => ({ id, title });

/**
 * The acceptance scenarios in the order of their numbers. One that is played in parts has its parts after it; a part that nobody has built yet is
 * named, so that a scenario is not taken for whole.
 */
export const ALL_SCENARIOS: readonly (Scenario | NotBuilt)[] = [
  S01,
  S02_FINE,
  S02_EXPIRY,
  S03,
  notBuilt('S04', 'Device ring'),
  notBuilt('S05', 'Stolen identity'),
  notBuilt('S06', 'Source outage'),
  S07,
  S08_COMMITTEE,
  notBuilt('S08.payment', 'Large: paid through the borrower’s account to the payee'),
  S09,
  S10_A,
  S10_B,
  S10_C,
  S11_EXPIRY,
  S11_REVOKE,
  S11_DRAFT,
  S12,
  S13_UNKNOWN,
  S13_REFUSED,
  S13_RETURNED,
  notBuilt('S14', 'A payee that may not be paid'),
  S15_MONEY,
  notBuilt('S15.detect', 'The money goes elsewhere: seen within minutes of the feed'),
  S16_MONEY,
  S16_REVERSAL,
  S17_ROLL,
  S17_CURED,
  S17_CONTACT,
  S17_REPORT,
  S18_GUARANTOR,
  S18_EXTENSION,
  S18_RESTRUCTURING,
  S18_RENEWAL,
  S18_TRANSFER,
  notBuilt('S19', 'Early warning'),
  notBuilt('S20', 'Portfolio and market'),
  notBuilt('B1', 'A model drifts'),
  notBuilt('B2', 'A joint loan'),
  notBuilt('B3', 'The cap on the cost of everything'),
  notBuilt('B4', 'An insider, and a changed row'),
  B5_CLAIMED,
  B5_LAPSED,
];

/** Titles of the scenarios that are played in parts. */
export const PARENT_TITLES: Readonly<Record<string, string>> = {
  S02: 'Supplement, then fine',
  S08: 'Large, with a visit and a committee',
  S10: 'Hard lists',
  S11: 'Expire, cancel, revoke',
  S13: 'The result of a payment',
  S15: 'The money goes elsewhere',
  S16: 'Money in: twice, late, in part, reversed',
  S17: 'Overdue, bucket by bucket',
  S18: 'Extension, restructuring, renewal, sale',
  B5: 'A guarantee lapses',
};

export const parentOf = (id: string): string | undefined => (id.includes('.') ? id.slice(0, id.indexOf('.')) : undefined);
