/** Form of `MILLRACE_COURT_LENDERS`: lenders separated by commas, or `*` for all of them. */
export const COURT_LENDERS = /^(\*|[A-Za-z0-9._-]{1,64}(,[A-Za-z0-9._-]{1,64})*)$/;

/** Lenders whose court takes cases in electronically and tells what becomes of them. */
export interface Court {
  /** Null where it is every lender. */
  readonly lenders: readonly string[] | null;
}

/** Reads the setting; undefined where no lender is connected, and all of it is done by hand. */
export function courtOf(setting: string | undefined): Court | undefined {
  if (setting === undefined) return undefined;
  return { lenders: setting === '*' ? null : setting.split(',') };
}

/** Whether the court of a lender takes cases in electronically. */
export const isConnected = (setting: string | undefined, tenantId: string): boolean => {
  const court = courtOf(setting);
  return court !== undefined && (court.lenders === null || court.lenders.includes(tenantId));
};
