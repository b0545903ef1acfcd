/** Money as it goes over the wire, and as PostgreSQL gives it: fen as a decimal string. */
export type Wire<T> = { [K in keyof T]: T[K] extends bigint ? string : T[K] };
