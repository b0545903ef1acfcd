import type { Finding, FirmFacts, LoanStatus } from '@millrace/contracts';
import type { FreshnessParameters, KeptPolicy } from '@millrace/policy';

const DAY_MS = 86_400_000;

/** Sources that are asked again before the money leaves, by what they are asked for, and how old their answers may be (R-DB-01). */
const SOURCES = {
  lists: ['watchlist', ({ watchlistDays }) => watchlistDays],
  courts: ['courts', ({ courtsDays }) => courtsDays],
  registry: ['registry', ({ registryDays }) => registryDays],
  overdue_elsewhere: ['enterprise_bureau', ({ enterpriseBureauDays }) => enterpriseBureauDays],
} as const satisfies Readonly<Record<string, readonly [string, (freshness: FreshnessParameters) => number]>>;

/** What nobody can check yet: it is never told as good. */
const NOT_CHECKED = ['evidence', 'liquidity', 'industry_concentration', 'portfolio_caps'] as const;

/** Whether a loan in this status makes its borrower late here. */
const IS_LATE: Readonly<Record<LoanStatus, boolean>> = {
  ACTIVE: false,
  OVERDUE: true,
  ACCELERATED: true,
  LEGAL: true,
  WRITTEN_OFF: true,
  SETTLED: false,
  CLOSED: false,
  RETURNED: false,
  TRANSFERRED: false,
};

/** One line of the record of a re-check. */
export interface RecheckLine {
  readonly check: string;
  readonly outcome: 'passed' | 'failed' | 'too_old' | 'at_payment' | 'not_checked';
  /** When the source has answered, or the score was made. */
  readonly asOf?: string;
  /** What was found. */
  readonly code?: string;
}

/** What the looks before the payment have brought, as a drawdown keeps it. */
export interface Recheck {
  readonly recheckId: string;
  /** What kyc-antifraud has answered; absent while it is asked. */
  readonly answer?: { readonly findings: readonly Finding[]; readonly stops: boolean; readonly facts: FirmFacts | null; readonly checkedAt: string };
  /** The score that was made anew; `carries` says whether it still carries what is drawn. */
  readonly score?: { readonly scoreId: string | null; readonly scoredAt: string; readonly carries: boolean };
  /** Findings that an officer has looked at, each by code and what was observed, and that do not stand in the way. */
  readonly accepted: readonly string[];
}

/** How the hub's own books stand at the moment of the look. */
export interface Standing {
  readonly consentsAlive: boolean;
  readonly contractIntact: boolean;
  readonly guaranteesAlive: boolean;
  readonly loanStatuses: readonly LoanStatus[];
  readonly frozen: boolean;
}

/** Everything that a look at a drawdown rests on. */
export interface RecheckGround {
  readonly facts: FirmFacts | null;
  readonly scoredAt: string | null;
  readonly recheck: Recheck | null;
  readonly standing: Standing;
  readonly policy: Pick<KeptPolicy, 'freshness' | 'deadlines'>;
  readonly now: Date;
}

/** What comes of a look: the money goes, by itself or once two persons have authorised it, sources are asked, a score is made anew, a person looks, or the payment is refused for good. */
export interface RecheckJudgement {
  readonly verdict: 'pass' | 'authorise' | 'ask' | 'score' | 'hold' | 'refuse';
  readonly lines: readonly RecheckLine[];
}

/** What stayed away is asked again and never waved through (R-CR-02). */
const UNAVAILABLE = 'SOURCE_UNAVAILABLE';

const isOld = (at: string | null | undefined, days: number, now: Date): boolean => !at || now.getTime() - new Date(at).getTime() > days * DAY_MS;

function sourceLines({ facts, recheck, policy, now }: RecheckGround): RecheckLine[] {
  const known = recheck?.answer?.facts ?? facts;
  return Object.entries(SOURCES).map(([check, [source, daysOf]]): RecheckLine => {
    const asOf = known?.provenance.find((one) => one.source === source)?.fetchedAt;
    if (isOld(asOf, daysOf(policy.freshness), now)) return { check, outcome: 'too_old', ...(asOf ? { asOf } : {}) };
    return { check, outcome: 'passed', asOf: asOf! };
  });
}

/** What tells one finding from another of its code: one enforcement that was looked at is not nine. */
export const nameOf = ({ code, observed }: Finding): string => (observed ? `${code} ${observed}` : code);

/** Findings of this re-check that nobody has accepted; what is only told finds nothing. */
export function openRecheckFindings({ answer, accepted }: Recheck): Finding[] {
  return (answer?.findings ?? []).filter((found) => found.severity !== 'info' && (found.code === UNAVAILABLE || !accepted.includes(nameOf(found))));
}

function standingLines({ consentsAlive, contractIntact, guaranteesAlive, loanStatuses, frozen }: Standing): RecheckLine[] {
  const line = (check: string, good: boolean): RecheckLine => ({ check, outcome: good ? 'passed' : 'failed' });
  return [
    line('consents', consentsAlive),
    line('contract', contractIntact),
    line('guarantees', guaranteesAlive),
    line('overdue_here', !loanStatuses.some((status) => IS_LATE[status])),
    line('facility', !frozen),
  ];
}

function scoreLine({ scoredAt, recheck, policy, now }: RecheckGround): RecheckLine {
  const latest = recheck?.score?.scoredAt ?? scoredAt;
  if (recheck?.score && !recheck.score.carries) return { check: 'score', outcome: 'failed', asOf: recheck.score.scoredAt };
  if (isOld(latest, policy.deadlines.scoreDays, now)) return { check: 'score', outcome: 'too_old', ...(latest ? { asOf: latest } : {}) };
  return { check: 'score', outcome: 'passed', asOf: latest! };
}

/** True where a source has to be asked again: the other lines that can be too old are not of a source. */
export function isStale({ lines }: RecheckJudgement): boolean {
  return lines.some(({ check, outcome }) => Object.hasOwn(SOURCES, check) && outcome === 'too_old');
}

/** Judges a look by what is known (R-DB-01): answers that are young enough are asked for again by nobody. */
export function judgeRecheck(ground: RecheckGround): RecheckJudgement {
  const sources = sourceLines(ground);
  const standing = standingLines(ground.standing);
  const score = scoreLine(ground);
  const answer = ground.recheck?.answer;
  const found = ground.recheck ? openRecheckFindings(ground.recheck).map(({ code }): RecheckLine => ({ check: 'finding', outcome: 'failed', code })) : [];
  const isSilent = answer !== undefined && sources.some(({ outcome }) => outcome === 'too_old') && found.length === 0;
  const silent: RecheckLine[] = isSilent ? [{ check: 'finding', outcome: 'failed', code: UNAVAILABLE }] : [];
  const later: RecheckLine[] = [
    { check: 'payee', outcome: 'at_payment' },
    { check: 'obligor_cap', outcome: 'at_payment' },
    ...NOT_CHECKED.map((check): RecheckLine => ({ check, outcome: 'not_checked' })),
  ];
  const lines = [...sources, score, ...standing, ...found, ...silent, ...later];
  return { verdict: verdictOf(ground, { sources, standing, score, found: [...found, ...silent] }), lines };
}

function verdictOf(
  { facts, recheck }: RecheckGround,
  { sources, standing, score, found }: Readonly<Record<'sources' | 'standing' | 'found', readonly RecheckLine[]>> & { readonly score: RecheckLine },
): RecheckJudgement['verdict'] {
  const failed = (lines: readonly RecheckLine[]): boolean => lines.some(({ outcome }) => outcome === 'failed');
  if (recheck?.answer?.stops) return 'refuse';
  if (failed(standing)) return 'hold';
  if (!recheck?.answer && sources.some(({ outcome }) => outcome === 'too_old')) return 'ask';
  // A score that is too old is made anew even where something was found: who looks at it sees both.
  if (score.outcome === 'too_old' && (recheck?.answer?.facts ?? facts)) return 'score';
  return failed(found) || score.outcome !== 'passed' ? 'hold' : 'pass';
}
