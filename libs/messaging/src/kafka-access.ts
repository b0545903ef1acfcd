/** Ways of showing a name and a password to a broker. */
export const KAFKA_LOGIN_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type KafkaLoginMechanism = (typeof KAFKA_LOGIN_MECHANISMS)[number];

/** Shown to every broker that is connected to (SASL). */
export type KafkaLogin = { [M in KafkaLoginMechanism]: { mechanism: M; username: string; password: string } }[KafkaLoginMechanism];

/** How brokers are spoken to that are not on a network of their own. */
export interface KafkaAccess {
  /** TLS: brokers show a certificate of these authorities (PEM), or of one that the machine trusts where none is given. */
  readonly tls?: { readonly authorities?: string };
  readonly login?: KafkaLogin;
}

/** The same as the client names it. */
export function connectionSecurity({ tls, login }: KafkaAccess): { ssl?: true | { ca: string[] }; sasl?: KafkaLogin } {
  return {
    ...(tls ? { ssl: tls.authorities === undefined ? (true as const) : { ca: [tls.authorities] } } : {}),
    ...(login ? { sasl: login } : {}),
  };
}
