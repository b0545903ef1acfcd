import type { ServerMetadataAnswer } from '@millrace/contracts/api';
import { STAFF_ROLES } from '@millrace/service';
import { Controller, Get, Inject } from '@nestjs/common';
import { Public } from '../admission/public.js';
import { GatewayConfig } from '../config.js';
import { issuerOf } from './access-token.js';
import { TOKEN_PATH } from './oauth-errors.js';

/** Where an OAuth client finds what it needs (RFC 8414); every address is of the installation's public URL. */
@Controller('.well-known/oauth-authorization-server')
export class ServerMetadataController {
  constructor(@Inject(GatewayConfig) private readonly config: GatewayConfig) {}

  @Get()
  @Public()
  show(): ServerMetadataAnswer {
    const issuer = issuerOf(this.config);
    return {
      issuer,
      token_endpoint: `${issuer}${TOKEN_PATH}`,
      jwks_uri: `${issuer}/v1/.well-known/jwks.json`,
      scopes_supported: ['partner', ...STAFF_ROLES],
      response_types_supported: [],
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      service_documentation: `${issuer}/v1/docs`,
    };
  }
}
