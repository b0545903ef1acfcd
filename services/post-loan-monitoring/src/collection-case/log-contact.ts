import {
  CollectionContactBlocked,
  CollectionContactLogged,
  type ContactBlock,
  type ContactChannel,
  type ContactMaker,
  type ContactParty,
} from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';

/** One more contact with a party on a day, where the day allows it: of many at once only so many are counted, as each waits for the row of the others. */
const COUNT = `
insert into contact_day as d (tenant_id, party_key, day, contacts) values ($1, $2, $3, 1)
on conflict (tenant_id, party_key, day) do update set contacts = d.contacts + 1 where d.contacts < $4`;

const INSERT = `
insert into collection_contact (loan_id, contact_id, case_id, channel, party, guarantor_id, made_by, block, content_sha256, tried_at, tried_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

/** Name of a debtor among those whose contacts of a day are counted: one for all loans of the firm. */
export const debtorKey = (uscc: string): string => `firm:${uscc}`;
/** Name of a guarantor among them: one for all loans that the guarantor stands for. */
export const guarantorKey = (guarantorRef: string): string => `guarantor:${guarantorRef}`;

/** Counts a contact with a party on a day; false where the day allows no more (M-CO-03). */
export async function countContact(tx: EventTransaction, tenantId: string, partyKey: string, day: IsoDate, most: number): Promise<boolean> {
  return ((await tx.query(COUNT, [tenantId, partyKey, day, most])).rowCount ?? 0) > 0;
}

/** A contact about arrears, or a try that was not allowed. */
export interface LoggedContact {
  readonly applicationId: string;
  readonly loanId: string;
  readonly caseId: string;
  readonly contactId: string;
  readonly channel: ContactChannel;
  readonly party: ContactParty;
  /** Guarantee of the guarantor; left out for the debtor. */
  readonly guarantorId?: string | undefined;
  readonly madeBy: ContactMaker;
  /** Null where it was allowed. */
  readonly block: ContactBlock | null;
  readonly contentSha256: string;
  readonly triedAt: Date;
  /** Login, or the service itself. */
  readonly triedBy: string;
}

/** Writes a contact or a try down, and tells of it (M-CO-04). */
export async function logContact(tx: EventTransaction, contact: LoggedContact): Promise<void> {
  const { applicationId, loanId, caseId, contactId, channel, party, guarantorId, madeBy, block, contentSha256, triedAt, triedBy } = contact;
  await tx.query(INSERT, [loanId, contactId, caseId, channel, party, guarantorId ?? null, madeBy, block, contentSha256, triedAt, triedBy]);
  const facts = { applicationId, loanId, caseId, contactId, channel, party, madeBy };
  tx.emit(block === null ? new CollectionContactLogged(facts) : new CollectionContactBlocked({ ...facts, block }));
}
