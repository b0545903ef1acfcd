import { v5 } from 'uuid';

/** Namespace of the ids that stand for the books of tenants. */
const BOOKS = '6a5f3c1e-52d4-4f0b-9a3d-0e6a7f1c2b90';

/** The id under which events of a tenant's book are in order among themselves. */
export const bookIdOf = (tenantId: string): string => v5(tenantId, BOOKS);
