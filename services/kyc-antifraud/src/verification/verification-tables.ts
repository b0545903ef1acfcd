import { checkTableVersions, keepTable, TableVersions, type KeptPolicy, type TablePlace } from '@millrace/policy';
import { guarantorFindings } from '../guarantor-check/guarantor-findings.js';
import { decideOutcome, identityForPerson, type VerificationDecision } from './decide-outcome.js';
import { personDecidesIdentity } from './identity-policy.js';
import type { DecidedSignals } from './signals.js';
import type { StoredVerification } from './stored-verification.js';
import { FRAUD_RULES, KNOCK_OUTS } from './table-contracts.js';

const TABLES = new URL('../../tables/', import.meta.url);
/** Hashes of the tables' first form, under which decisions are stored, with those of the rows that say the same. */
const FORMER_KNOCK_OUTS = {
  '1fd5c090ac83a630affa89beebad364f01ad3d88a58a0ff06937373fc666dae5': '904189f526eb962395501174dd7bd16be1030538715c991bf5a43203bd6d31f7',
};
const FORMER_FRAUD_RULES = {
  '71e780c491611b61bc60156a0d0142f2d552fac1ce1e08139c3b95baf5a2dd29': 'a1b8f25570123a2f7e99d45975108fe49caf406cd5da0723a7f5235f5b1e0c22',
};

/** Hashes of earlier files, of before versions were kept. */
const EARLIER_KNOCK_OUTS = ['a471a9e1038783462c1cee57b5b6b19cc134146b18239bdfb72497221d1488f0'];
const EARLIER_FRAUD_RULES = [
  '6f0a225e633c6ca89347586ae1d9210be806674a27a2a765f470c39ae8b4cdbd',
  '761cbe869062c7e5398e00a94d89c52033b878e8456561b42099cf526a25e129',
  'c66df1f95facb7222e120a792c4a6c1f72c6039ecd0a66abe18394797314bed8',
  'e6c1210741c82eab4d11446d66aa79a003e50031da754adc384a501c05888a57',
  'faa22137526b8ba93cf56aaa18fa7aab570055fa55200aa370f20b5ae72c6367',
];

export const knockOutsIn = (folder: URL = TABLES): TablePlace => ({
  service: 'kyc-antifraud',
  name: 'knock-outs',
  folder,
  former: FORMER_KNOCK_OUTS,
  notKept: EARLIER_KNOCK_OUTS,
});
export const fraudRulesIn = (folder: URL = TABLES): TablePlace => ({
  service: 'kyc-antifraud',
  name: 'fraud-rules',
  folder,
  former: FORMER_FRAUD_RULES,
  notKept: EARLIER_FRAUD_RULES,
});

/** What is wrong with the service's tables, and with the versions that stored decisions may name, a line each, for its start. */
export async function checkVerificationTables(): Promise<string[]> {
  return [...(await checkTableVersions(knockOutsIn(), KNOCK_OUTS)), ...(await checkTableVersions(fraudRulesIn(), FRAUD_RULES))];
}

/** Keeps the tables in place, as a release that names them needs; answers the files that were not kept yet. */
export function keepVerificationTables(folder: URL = TABLES): string[] {
  return [keepTable(knockOutsIn(folder), KNOCK_OUTS), keepTable(fraudRulesIn(folder), FRAUD_RULES)].filter((file) => file !== undefined);
}

/** SHA-256 of each table, stored with every decision. */
export type TableHashes = Readonly<Record<'knockOuts' | 'fraudRules', string>>;

/** The service's two decision tables: hard rules and fraud rules, edited as data, in every version that was released. */
export class VerificationTables {
  readonly #knockOuts;
  readonly #fraudRules;

  constructor(folder: URL = TABLES) {
    this.#knockOuts = new TableVersions(knockOutsIn(folder), KNOCK_OUTS);
    this.#fraudRules = new TableVersions(fraudRulesIn(folder), FRAUD_RULES);
  }

  get hashes(): TableHashes {
    return { knockOuts: this.#knockOuts.newest.sha256, fraudRules: this.#fraudRules.newest.sha256 };
  }

  /**
   * Decides by the signals; whether an unproven identity stops it, or asks a person, depends on the tries before.
   * @param hashes the versions of the tables, of which a stored decision names its own; those in place where it is left out
   * @throws MissingTableVersion where one of them is not there
   */
  async decide(
    { guarantors = [], ...signals }: DecidedSignals,
    tries: Pick<StoredVerification, 'unprovenAt' | 'requestedAt'>,
    { approval, identity }: Pick<KeptPolicy, 'approval' | 'identity'>,
    hashes: TableHashes = this.hashes,
  ): Promise<VerificationDecision> {
    const tables = [this.#knockOuts.of(hashes.knockOuts), this.#fraudRules.of(hashes.fraudRules)] as const;
    const [knockOuts, fraudHits] = await Promise.all([tables[0].evaluate(signals), tables[1].evaluate(signals)]);
    return decideOutcome(knockOuts, personDecidesIdentity(tries, identity) ? identityForPerson(fraudHits) : fraudHits, approval, guarantorFindings(guarantors));
  }
}
