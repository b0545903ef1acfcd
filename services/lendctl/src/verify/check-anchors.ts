import { HISTORY_ANCHORS_TOPIC } from '@millrace/contracts';
import { BEFORE_FIRST, type AnchoredHead, type AnchoredStretch, type AnchorPage, type StoredPage } from '../anchor/anchor-page.js';
import { ANCHORED_TABLES, digestsOf } from '../anchor/anchored-tables.js';
import { pagesInFile, pagesOnLog } from '../anchor/read-anchors.js';
import type { Installation } from '../installation/installation.js';
import type { Finding, Invariant } from './invariant.js';

const HUB = 'loan-application';

const DIFFERING = `
select a.id as "applicationId", a.seq, h.seq is null as gone
from unnest($1::uuid[], $2::int[], $3::text[]) as a(id, seq, sha256) left join application_history h on h.application_id = a.id and h.seq = a.seq
where h.row_sha256 is distinct from a.sha256 order by a.id, a.seq`;

async function checkHeads(installation: Installation, heads: readonly AnchoredHead[], since: string): Promise<Finding[]> {
  if (heads.length === 0) return [];
  const rows = await installation.rows<{ applicationId: string; seq: number; gone: boolean }>(HUB, DIFFERING, [
    heads.map(([id]) => id),
    heads.map(([, seq]) => seq),
    heads.map(([, , sha256]) => sha256),
  ]);
  return rows.map(({ applicationId, seq, gone }) => ({
    service: HUB,
    subject: applicationId,
    what: gone
      ? `has a history that lacks row ${seq}, which was there at the anchor of ${since}`
      : `has a history that was rewritten after the anchor of ${since}, in row ${seq} or before`,
  }));
}

async function checkStretches(installation: Installation, stretches: readonly AnchoredStretch[], since: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [name, own] of Map.groupBy(stretches, ({ table }) => table)) {
    const table = ANCHORED_TABLES.find((known) => known.name === name);
    if (!table) {
      findings.push({ service: 'event log', subject: name, what: `is anchored on ${since}, and this version of lendctl does not know it` });
      continue;
    }
    for (const [at, { rows, sha256 }] of (await digestsOf(installation, table, own)).entries()) {
      const anchored = own[at]!;
      if (rows === anchored.rows && sha256 === anchored.sha256) continue;
      const between = `${table.what} between ${BigInt(anchored.after) + 1n} and ${anchored.upTo}`;
      const what =
        rows === anchored.rows
          ? `${between} was rewritten after the anchor of ${since}`
          : `${between} has ${rows} rows, ${anchored.rows} at the anchor of ${since}`;
      findings.push({ service: table.service, subject: `${name} ${anchored.upTo}`, what });
    }
  }
  return findings;
}

/** What pages say of each other: none is missing, and an anchor goes on where the one before has ended. */
class PageOrder {
  #last = { number: 0, sha256: BEFORE_FIRST };
  readonly #ends: Record<string, string> = {};

  /** False for the very page that came before, which the log has taken twice. */
  isNew({ sha256 }: StoredPage): boolean {
    return sha256 !== this.#last.sha256;
  }

  fault({ number, previousSha256, stretches, state }: AnchorPage, sha256: string): string | undefined {
    const continues = number === this.#last.number + 1 && previousSha256 === this.#last.sha256;
    const before = this.#last.number;
    this.#last = { number, sha256 };
    for (const { table, upTo } of stretches) this.#ends[table] = upTo;
    if (!continues) return `does not continue page ${before}: anchors were taken out or put in`;
    const claimed = Object.entries(state?.ends ?? {}).find(([table, end]) => end !== this.#ends[table]);
    Object.assign(this.#ends, state?.ends);
    return claimed ? `claims ${claimed[0]} up to ${claimed[1]}, which no page anchors` : undefined;
  }
}

interface CheckedPages {
  readonly findings: readonly Finding[];
  /** Hashes of the pages, by which one place is held against the other. */
  readonly hashes: ReadonlySet<string>;
}

async function checkPages(installation: Installation, pages: AsyncIterable<StoredPage>, place: string): Promise<CheckedPages> {
  const findings = new Map<string, Finding>();
  const hashes = new Set<string>();
  const order = new PageOrder();
  for await (const stored of pages) {
    const { page, sha256 } = stored;
    if (!page) {
      findings.set(sha256, { service: 'event log', subject: place, what: 'has a record that is no page of an anchor' });
      continue;
    }
    if (!order.isNew(stored)) continue;
    hashes.add(sha256);
    const fault = order.fault(page, sha256);
    const found: Finding[] = fault ? [{ service: 'event log', subject: `${place}, page ${page.number}`, what: fault }] : [];
    found.push(...(await checkHeads(installation, page.heads, page.anchoredAt)), ...(await checkStretches(installation, page.stretches, page.anchoredAt)));
    // The first anchor that a history does not keep tells since when; later ones say the same again.
    for (const finding of found) if (!findings.has(finding.subject)) findings.set(finding.subject, finding);
  }
  return { findings: [...findings.values()], hashes };
}

/** Histories are what their anchors say: those on the log, and those of a file that was kept elsewhere (SEC-7). */
export const ANCHOR_INVARIANT: Invariant = {
  name: 'history-anchors',
  rule: 'Every history still holds what was anchored of it, and no anchor is missing.',
  check: async ({ installation, anchorsFile }) => {
    const onLog = await checkPages(installation, pagesOnLog(installation.log), HISTORY_ANCHORS_TOPIC);
    if (anchorsFile === undefined) return onLog.findings;
    const inFile = await checkPages(installation, pagesInFile(anchorsFile), anchorsFile);
    const lost = [...inFile.hashes].filter((sha256) => !onLog.hashes.has(sha256)).length;
    const lacking: Finding[] =
      lost === 0 ? [] : [{ service: 'event log', subject: HISTORY_ANCHORS_TOPIC, what: `lacks ${lost} pages that are in ${anchorsFile}` }];
    const known = new Set(onLog.findings.map(({ subject }) => subject));
    return [...onLog.findings, ...lacking, ...inFile.findings.filter(({ subject }) => !known.has(subject))];
  },
};
