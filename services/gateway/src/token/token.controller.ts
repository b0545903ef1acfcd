import { Body, Controller, Get, Header, HttpCode, Inject, Post, Req } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { addressOf } from '../access/address-of.js';
import { AcceptsForm, Public } from '../access/public.js';
import { readClientCredentials } from './client-credentials.js';
import { KeySetDto, TokenDto, TokenProblemDto, TokenRequestDto } from './token.dto.js';
import { Tokens } from './tokens.js';

@ApiTags('Access')
@Controller('v1')
export class TokenController {
  constructor(@Inject(Tokens) private readonly tokens: Tokens) {}

  @Post('oauth/token')
  @Public()
  @AcceptsForm()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Get an access token', description: 'OAuth 2 client credentials; partners and staff alike.' })
  @ApiConsumes('application/x-www-form-urlencoded', 'application/json')
  @ApiBody({ type: TokenRequestDto })
  @ApiOkResponse({ type: TokenDto, description: 'A token.' })
  @ApiBadRequestResponse({ type: TokenProblemDto, description: 'The request is not well-formed, or asks for another grant.' })
  @ApiUnauthorizedResponse({ type: TokenProblemDto, description: 'The client is unknown or its secret is wrong.' })
  @ApiTooManyRequestsResponse({ type: TokenProblemDto, description: 'Too many requests or wrong secrets; `retry-after` says when to go on.' })
  issue(@Req() request: FastifyRequest, @Body() body: unknown): Promise<TokenDto> {
    return this.tokens.issue(readClientCredentials(request.headers.authorization, body), addressOf(request));
  }

  @Get('.well-known/jwks.json')
  @Public()
  @ApiOperation({ summary: 'Public keys that access tokens are checked with' })
  @ApiOkResponse({ type: KeySetDto, description: 'The key set.' })
  keys(): KeySetDto {
    return this.tokens.keySet();
  }
}
