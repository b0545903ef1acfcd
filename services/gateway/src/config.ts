import { serviceConfig, Setting, withServiceAddresses } from '@millrace/service';
import { IsInt, IsString, Matches, Max, Min } from 'class-validator';
import { IsTrustedProxies } from './access/trusted-proxies.js';
import { MAX_TOKEN_SECONDS } from './token/access-token.js';

/** Settings of the gateway; the only place of this service that reads them. */
export class GatewayConfig extends withServiceAddresses(serviceConfig('gateway')) {
  @Setting({
    env: 'MILLRACE_GATEWAY_SERVICE_TIMEOUT_MS',
    description: 'How long a service behind the gateway may take to answer; after that the client is told to send the same request again.',
    default: 10_000,
  })
  @IsInt()
  @Min(100)
  @Max(60_000)
  serviceTimeoutMs!: number;

  @Setting({
    env: 'MILLRACE_GATEWAY_SIGNING_KEY',
    description:
      'Ed25519 private keys of access tokens, PKCS#8 PEM, one after the other: the first signs, all are believed. Line ends may be written as \\n. ' +
      'The same for every instance.',
    secret: true,
  })
  @IsString()
  signingKey!: string;

  @Setting({
    env: 'MILLRACE_GATEWAY_CLIENTS',
    description:
      'Clients of the first start, a JSON array of {clientId, clientSecret, kind: "partner"|"staff", tenantId, partnerId?, roles}; ' +
      'later ones are added, rotated and revoked with `lendctl clients`.',
    secret: true,
    optional: true,
  })
  @IsString()
  clients?: string;

  @Setting({ env: 'MILLRACE_GATEWAY_TOKEN_SECONDS', description: 'Lifetime of an access token in seconds.', default: 3_600 })
  @IsInt()
  @Min(60)
  @Max(MAX_TOKEN_SECONDS)
  tokenSeconds!: number;

  @Setting({
    env: 'MILLRACE_REDIS_URL',
    description: 'Redis 7 or newer that all instances share limits through, redis://HOST:PORT; without it, and while it is away, limits hold per instance.',
    secret: true,
    optional: true,
  })
  @Matches(/^rediss?:\/\/.+/, { message: 'must be a redis:// URL' })
  redisUrl?: string;

  @Setting({ env: 'MILLRACE_GATEWAY_REQUESTS_PER_MINUTE', description: 'Requests that one client may make in a minute.', default: 6_000 })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  requestsPerMinute!: number;

  @Setting({
    env: 'MILLRACE_GATEWAY_REQUESTS_IN_FLIGHT',
    description:
      'Requests of one partner organisation, or of one member of staff, that this gateway works on at once; well below the connections that a service has ' +
      '(MILLRACE_DATABASE_POOL_SIZE), so that no partner holds them all.',
    default: 6,
  })
  @IsInt()
  @Min(1)
  @Max(1_000)
  requestsInFlight!: number;

  @Setting({
    env: 'MILLRACE_GATEWAY_REQUESTS_WAITING',
    description: 'Further requests of one partner organisation that wait in this gateway for their turn; what comes beyond is refused with 429.',
    default: 200,
  })
  @IsInt()
  @Min(0)
  @Max(10_000)
  requestsWaiting!: number;

  @Setting({
    env: 'MILLRACE_GATEWAY_TRUSTED_PROXIES',
    description:
      'Addresses and networks of the proxies in front of the gateway, separated by commas, e.g. 10.0.0.0/8: from these alone X-Forwarded-For is believed. ' +
      'Behind a proxy that is not named all clients have its address, and share one limit.',
    optional: true,
  })
  @IsTrustedProxies()
  trustedProxies?: string;

  @Setting({
    env: 'MILLRACE_GATEWAY_TOKEN_REQUESTS_PER_MINUTE',
    description: 'Access tokens that may be asked for in a minute from one address; a client that has logged in there before has a count of its own.',
    default: 120,
  })
  @IsInt()
  @Min(1)
  @Max(100_000)
  tokenRequestsPerMinute!: number;

  @Setting({
    env: 'MILLRACE_GATEWAY_FAILED_LOGINS',
    description: 'Wrong client secrets that one address may send for one client in 15 minutes; ten times as many for all clients together.',
    default: 10,
  })
  @IsInt()
  @Min(1)
  @Max(1_000)
  failedLogins!: number;
}
