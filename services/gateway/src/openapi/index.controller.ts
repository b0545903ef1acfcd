import { Controller, Get } from '@nestjs/common';
import { Public } from '../admission/public.js';

/** Where everything is, for whoever opens the bare address (T02). */
@Controller()
export class IndexController {
  @Get()
  @Public()
  index(): Record<string, string> {
    return {
      name: 'Millrace',
      documentation: '/v1/docs',
      openapi: '/v1/openapi.json',
      token: 'POST /v1/oauth/token with grant_type=client_credentials',
      keys: '/v1/.well-known/jwks.json',
    };
  }
}
