import { Problem } from '@millrace/service';

/** SQL that says of the application `$1` whether it ended with a consent withdrawn: what is kept of it is stored only (G-PI-01). */
export const IS_STORED_ONLY = 'exists (select 1 from revoked_consent r where r.application_id = $1 and r.stored_only)';

/** The answer to whoever wants to see what is stored only. */
export const storedOnly = (): Problem =>
  new Problem({
    status: 409,
    code: 'STORED_ONLY',
    title: 'A consent was withdrawn, and the person is stored only.',
    detail: 'The data are kept as long as the law asks, and shown to nobody.',
  });
