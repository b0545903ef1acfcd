import { sameInNormalForm, type Clock } from '@millrace/contracts';
import { policyOf } from '@millrace/policy';
import { CLOCK, Database, ProviderError } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Applicant } from '../applicant/applicant.js';
import { storeGuarantorReplies, type GuarantorCheck } from '../guarantor-check/guarantor-checks.js';
import type { GuarantorSignals } from '../guarantor-check/guarantor-findings.js';
import type { Guarantor } from '../guarantor/guarantor-record.js';
import { withinAge } from '../sources/answer-age.js';
import { AskSource } from '../sources/ask-source.js';
import { registeredFirm } from '../sources/registry/registry-source.js';
import { bodiesOf, type SourceReply } from '../sources/source-reply.js';
import type { Source } from '../sources/sources.js';
import { placeOfGuarantor } from '../sources/watchlists/guarantor-place.js';
import type { Replies } from '../sources/replies.js';
import { identityState } from './identity-policy.js';
import { identitySignals } from './read-signals.js';
import type { StoredVerification } from './stored-verification.js';
import { VerificationTables } from './verification-tables.js';

/** What a guarantor is asked about besides the lists, on which it is screened with the firm; a person's credit only once it is proven who it is (M-AP-04). */
const ASKED = { person: ['identity', 'personal_bureau'], firm: ['registry', 'enterprise_bureau'] } as const satisfies Record<
  Guarantor['party'],
  readonly Source[]
>;

/** What the round has brought. */
export interface CheckedGuarantors {
  readonly signals: readonly GuarantorSignals[];
  readonly failures: readonly ProviderError[];
}

/** Asks the sources of the firm and its people about those who are to stand for the loan too, under their own consents (R-CR-19, R-LG-02). */
@Injectable()
export class CheckGuarantors {
  constructor(
    @Inject(AskSource) private readonly source: AskSource,
    @Inject(VerificationTables) private readonly tables: VerificationTables,
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param said what the sources have said of the firm, the lists among them */
  async check(verification: StoredVerification, said: Replies): Promise<CheckedGuarantors> {
    const signals: GuarantorSignals[] = [];
    const failures: ProviderError[] = [];
    for (const [at, check] of verification.guarantors.entries()) {
      const { party } = check.guarantor;
      const { replies, spentQueryIds } = withinAge(check.replies, policyOf(verification.policyVersion).freshness, this.clock.now());
      const known = new Map(replies);
      const subject = this.#subjectOf(verification, check);
      let isProven = party === 'firm' || (await this.#isProven(verification, check, known));
      for (const source of ASKED[party]) {
        if (source === 'personal_bureau' && !isProven) continue;
        await this.#ask(source, { ...subject, spentQueryIds }, check, known, failures);
        if (source === 'identity') isProven = await this.#isProven(verification, check, known);
      }
      signals.push(this.#signalsOf(verification, check, known, { said, at, isProven }));
    }
    return { signals, failures };
  }

  #subjectOf({ applicationId, uscc, requestedAt, policyVersion }: StoredVerification, { guarantorId, guarantor, consents, queryIds }: GuarantorCheck) {
    const isFirm = guarantor.party === 'firm';
    const ids = { applicationId, guarantorId, queryIds, requestedAt, policyVersion, consents };
    return { ...ids, uscc: isFirm ? guarantor.identifier : uscc, applicant: isFirm ? null : personOf(guarantor) };
  }

  /** What comes is stored at once, so that a later round asks for the rest alone. */
  async #ask(
    source: Source,
    subject: Parameters<AskSource['ask']>[1],
    check: GuarantorCheck,
    known: Map<Source, SourceReply>,
    failures: ProviderError[],
  ): Promise<void> {
    if (known.has(source)) return;
    try {
      const reply = await this.source.ask(source, subject, {});
      known.set(source, reply);
      await storeGuarantorReplies(this.database, check, [reply]);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      failures.push(error);
    }
  }

  /** By the tables that judge the applicant, on the signals of the identity alone: anything found is less than proof. */
  async #isProven(
    { requestedAt, policyVersion }: StoredVerification,
    { guarantor }: GuarantorCheck,
    known: ReadonlyMap<Source, SourceReply>,
  ): Promise<boolean> {
    if (!known.has('identity')) return false;
    const signals = identitySignals({ applicant: personOf(guarantor) }, bodiesOf(known), this.clock.now());
    const decision = await this.tables.decide(signals, { unprovenAt: [], requestedAt }, policyOf(policyVersion));
    return identityState(true, decision) === 'proven';
  }

  #signalsOf(
    { policyVersion }: StoredVerification,
    { guarantorId, guarantor }: GuarantorCheck,
    known: ReadonlyMap<Source, SourceReply>,
    { said, at, isProven }: { readonly said: Replies; readonly at: number; readonly isProven: boolean },
  ): GuarantorSignals {
    const { party, name } = guarantor;
    const bodies = bodiesOf(known);
    const wanted = ASKED[party].filter((source) => source !== 'personal_bureau' || isProven);
    const credit = party === 'firm' ? bodies.enterprise_bureau : bodies.personal_bureau;
    const firm = registeredFirm(bodies);
    const { certainMatchBps } = policyOf(policyVersion).verification;
    const hits = said.watchlist?.hits.filter(({ subjectIndex, matchScore }) => subjectIndex === placeOfGuarantor(at) && matchScore * 10_000 >= certainMatchBps);
    return {
      guarantorId,
      party,
      identityProven: party === 'person' && known.has('identity') ? isProven : null,
      inBusiness: bodies.registry ? firm?.status === 'active' && sameInNormalForm(firm.name, name) : null,
      dishonestDebtor: hits ? hits.some(({ list }) => list === 'dishonest_debtor') : null,
      overdueNow: credit ? credit.found && credit.overdueNow === true : null,
      missingSources: wanted.filter((source) => !known.has(source)).length,
    };
  }
}

/** The guarantors of a verification in which nobody could be asked about them. */
export function unchecked({ guarantors }: Pick<StoredVerification, 'guarantors'>): GuarantorSignals[] {
  const silent = { identityProven: null, inBusiness: null, dishonestDebtor: null, overdueNow: null };
  return guarantors.map(({ guarantorId, guarantor: { party } }) => ({ guarantorId, party, ...silent, missingSources: ASKED[party].length }));
}

/** A person who stands for a loan, as a source is asked about it: nothing was seen of its device. */
function personOf({ name, identifier: idNumber, mobile }: Guarantor): Applicant {
  return { name, idNumber, mobile, deviceFingerprint: null, formFillSeconds: null };
}
