import type { KafkaConfig, SASLOptions } from 'kafkajs';

/** Ways of showing a name and a password to a broker. */
export const KAFKA_LOGIN_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type KafkaLoginMechanism = (typeof KAFKA_LOGIN_MECHANISMS)[number];

/** How brokers are spoken to that are not on a network of their own. */
export interface KafkaAccess {
  /** TLS: brokers show a certificate of these authorities (PEM), or of one that the machine trusts where none is given. */
  readonly tls?: { readonly authorities?: string };
  /** Shown to every broker that is connected to (SASL). */
  readonly login?: { readonly mechanism: KafkaLoginMechanism; readonly username: string; readonly password: string };
}

/** The same as kafkajs names it. */
export function connectionSecurity({ tls, login }: KafkaAccess): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  return {
    ...(tls ? { ssl: tls.authorities === undefined ? true : { ca: [tls.authorities] } } : {}),
    ...(login ? { sasl: login as SASLOptions } : {}),
  };
}
