import type { KeySetAnswer, TokenAnswer } from '@millrace/contracts/api';
import { Body, Controller, Get, Header, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { addressOf } from '../admission/address-of.js';
import { AcceptsForm, Public } from '../admission/public.js';
import { readClientCredentials } from './client-credentials.js';
import { Tokens } from './tokens.js';

@Controller('v1')
export class TokenController {
  constructor(@Inject(Tokens) private readonly tokens: Tokens) {}

  @Post('oauth/token')
  @Public()
  @AcceptsForm()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  issue(@Req() request: FastifyRequest, @Body() body: unknown): Promise<TokenAnswer> {
    return this.tokens.issue(readClientCredentials(request.headers.authorization, body), addressOf(request));
  }

  @Get('.well-known/jwks.json')
  @Public()
  keys(): KeySetAnswer {
    return this.tokens.keySet();
  }
}
