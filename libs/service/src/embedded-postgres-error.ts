/** The embedded server could not be started; one line that says why and what to do. */
export class EmbeddedPostgresError extends Error {}
