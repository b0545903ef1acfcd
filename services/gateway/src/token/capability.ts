import { defineCapability } from '@millrace/service';
import { LoginAttempts } from './login-attempts.js';
import { ServerMetadataController } from './server-metadata.controller.js';
import { readSigningKeys, SIGNING_KEYS } from './signing-key.js';
import { TokenController } from './token.controller.js';
import { Tokens } from './tokens.js';
import { GatewayConfig } from '../config.js';

/** Access tokens: how one gets them, and whether they are good. */
export const token = defineCapability({
  name: 'token',
  face: ['access-token', 'oauth-errors', 'tokens'],
  controllers: [TokenController, ServerMetadataController],
  providers: [
    { provide: SIGNING_KEYS, inject: [GatewayConfig], useFactory: ({ signingKey }: GatewayConfig) => readSigningKeys(signingKey) },
    LoginAttempts,
    Tokens,
  ],
});
