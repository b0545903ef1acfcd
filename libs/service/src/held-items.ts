import { newId, normalForm } from '@millrace/contracts';
import type pg from 'pg';
import { checkDecision, HeldDecisionRefused, type HeldKind } from './held-kind.js';

/** A transaction or a pool of the owning service. */
interface Statements {
  query<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<pg.QueryResult<R>>;
}

export type HeldStatus = 'open' | 'proposed' | 'confirmed' | 'applied';

/** What waits for two persons, with what has been proposed so far. */
export interface HeldItem {
  readonly heldId: string;
  readonly kind: string;
  readonly subject: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly openedAt: Date;
  readonly status: HeldStatus;
  readonly decision: string | null;
  readonly parameters: Readonly<Record<string, string>> | null;
  readonly reason: string | null;
  readonly proposedBy: string | null;
  readonly proposedAt: Date | null;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Date | null;
  readonly appliedAt: Date | null;
  /** Why the last try to apply the decision failed; null where none did. */
  readonly failure: string | null;
}

/** One line of an item's history. */
export interface HeldStep {
  readonly at: Date;
  readonly action: 'OPEN' | 'PROPOSE' | 'CONFIRM' | 'SEND_BACK' | 'APPLY';
  readonly by: string;
  readonly decision: string | null;
  readonly parameters: Readonly<Record<string, string>> | null;
  readonly reason: string | null;
}

/** What is to be decided; neither part holds personal data. */
export interface HeldQuestion {
  readonly kind: string;
  /** Ids only. Two open items of one kind never have the same subject. */
  readonly subject: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What one person says about an item. */
export interface HeldSaying {
  readonly decision: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly by: string;
}

const COLUMNS = `held_id as "heldId", kind, subject, facts, opened_at as "openedAt", status, decision, parameters, reason, proposed_by as "proposedBy",
  proposed_at as "proposedAt", confirmed_by as "confirmedBy", confirmed_at as "confirmedAt", applied_at as "appliedAt", failure`;

const OPEN = `
with opened as (
  insert into held_item (held_id, kind, subject, facts, opened_at) values ($1, $2, $3, $4, $5)
  on conflict (kind, subject) where status <> 'applied' do nothing returning held_id
), step as (
  insert into held_item_step (held_id, at, action, by) select held_id, $5, 'OPEN', current_schema() from opened
)
select held_id from opened union all select held_id from held_item where kind = $2 and subject = $3 and status <> 'applied' limit 1`;

/**
 * Opens an item in the transaction that found the question. A question that is open already is not asked twice.
 * @returns id of the item that is open now
 */
export async function openHeldItem(tx: Statements, { kind, subject, facts }: HeldQuestion, now: Date): Promise<string> {
  const { rows } = await tx.query<{ held_id: string }>(OPEN, [newId(), kind, JSON.stringify(subject), JSON.stringify(facts), now]);
  const [row] = rows;
  // Another transaction opened it and has committed since this statement began; it is there to be read now.
  return row?.held_id ?? (await tx.query<{ held_id: string }>(FIND_OPEN, [kind, JSON.stringify(subject)])).rows[0]!.held_id;
}

const FIND_OPEN = `select held_id from held_item where kind = $1 and subject = $2 and status <> 'applied'`;

/** Items that wait for a person or for their service, or those of one status, the oldest first. */
export async function listHeldItems(
  db: Statements,
  { status, kind, limit = 100 }: { status?: HeldStatus; kind?: string; limit?: number },
): Promise<HeldItem[]> {
  const sql = `select ${COLUMNS} from held_item where ($1::text is null and status <> 'applied' or status = $1) and ($2::text is null or kind = $2)
    order by opened_at, held_id limit $3`;
  return (await db.query<HeldItem>(sql, [status ?? null, kind ?? null, limit])).rows;
}

/** One item; undefined where this service holds none of this id. */
export async function findHeldItem(db: Statements, heldId: string): Promise<HeldItem | undefined> {
  return (await db.query<HeldItem>(`select ${COLUMNS} from held_item where held_id = $1`, [heldId])).rows[0];
}

/** The item, kept from other writers until the commit. */
export async function lockHeldItem(tx: Statements, heldId: string): Promise<HeldItem | undefined> {
  return (await tx.query<HeldItem>(`select ${COLUMNS} from held_item where held_id = $1 for update`, [heldId])).rows[0];
}

/** History of one item, the oldest step first. */
export async function stepsOfHeldItem(db: Statements, heldId: string): Promise<HeldStep[]> {
  return (await db.query<HeldStep>('select at, action, by, decision, parameters, reason from held_item_step where held_id = $1 order by step_id', [heldId]))
    .rows;
}

const PROPOSE = `
with said as (
  update held_item set status = 'proposed', decision = $2, parameters = $3, reason = $4, proposed_by = $5, proposer_key = $6, proposed_at = $7, failure = null
  where held_id = $1 returning held_id
)
insert into held_item_step (held_id, at, action, by, decision, parameters, reason) select held_id, $7, 'PROPOSE', $5, $2, $3::jsonb, $4 from said`;

const CONFIRM = `
with said as (
  update held_item set status = 'confirmed', confirmed_by = $5, confirmer_key = $6, confirmed_at = $7 where held_id = $1 returning held_id
)
insert into held_item_step (held_id, at, action, by, decision, parameters, reason) select held_id, $7, 'CONFIRM', $5, $2, $3::jsonb, $4 from said`;

const SEND_BACK = `
with said as (
  update held_item set status = 'open', decision = null, parameters = null, reason = null, proposed_by = null, proposer_key = null, proposed_at = null,
    confirmed_by = null, confirmer_key = null, confirmed_at = null, failure = $3
  where held_id = $1 returning held_id
)
insert into held_item_step (held_id, at, action, by, reason) select held_id, $2, 'SEND_BACK', current_schema(), $3 from said`;

const APPLIED = `
with said as (update held_item set status = 'applied', applied_at = $2, failure = null where held_id = $1 returning held_id, decision, parameters)
insert into held_item_step (held_id, at, action, by, decision, parameters) select held_id, $2, 'APPLY', current_schema(), decision, parameters from said`;

const MAX_REASON = 500;

function sameParameters(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/**
 * Takes what one person says about an item: the first proposes, a second one who says the same confirms; another decision replaces what was proposed,
 * and has to be confirmed itself (four eyes, R-UW-05).
 * @throws HeldDecisionRefused where there is no such decision, or one person would decide alone
 */
export async function decideHeldItem(tx: Statements, kind: HeldKind, heldId: string, saying: HeldSaying, now: Date): Promise<'proposed' | 'confirmed'> {
  const { decision, parameters, reason, by } = saying;
  checkDecision(kind, decision, parameters);
  if (reason.trim() === '' || reason.length > MAX_REASON) throw new HeldDecisionRefused(`a decision needs a reason of 1 to ${MAX_REASON} characters`);
  const key = normalForm(by);
  if (key === '') throw new HeldDecisionRefused('a decision needs the name of the person who makes it');
  const item = await lockHeldItem(tx, heldId);
  if (!item || item.kind !== kind.kind) throw new HeldDecisionRefused(`there is no held item ${heldId} of kind ${kind.kind}`);
  if (item.status === 'confirmed' || item.status === 'applied')
    throw new HeldDecisionRefused(`${item.decision} was proposed by ${item.proposedBy} and confirmed by ${item.confirmedBy} already`);
  const same = item.status === 'proposed' && item.decision === decision && sameParameters(item.parameters!, parameters);
  if (same && normalForm(item.proposedBy!) === key)
    throw new HeldDecisionRefused(`${item.proposedBy} proposed this; a second person has to confirm it under another name`);
  await tx.query(same ? CONFIRM : PROPOSE, [heldId, decision, JSON.stringify(parameters), reason, by, key, now]);
  return same ? 'confirmed' : 'proposed';
}

/** Opens the item again, as its decision cannot be done. */
export async function sendBackHeldItem(tx: Statements, heldId: string, reason: string, now: Date): Promise<void> {
  await tx.query(SEND_BACK, [heldId, now, reason]);
}

/** Closes the item whose decision was applied in this transaction. */
export async function closeHeldItem(tx: Statements, heldId: string, now: Date): Promise<void> {
  await tx.query(APPLIED, [heldId, now]);
}
