import { eventSchemaAddress, readEventSchema } from '@millrace/contracts';
import { notFound } from '@millrace/service';
import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Public } from '../access/public.js';
import { GatewayConfig } from '../config.js';

/** A released schema only gets optional fields, so that a copy of an hour ago is still right. */
const CACHE_SECONDS = 3_600;

@ApiTags('Event schemas')
@Controller('v1/event-schemas')
export class EventSchemaController {
  constructor(@Inject(GatewayConfig) private readonly config: GatewayConfig) {}

  @Get(':name')
  @Public()
  @Header('cache-control', `public, max-age=${CACHE_SECONDS}`)
  @ApiOperation({
    summary: 'JSON Schema of an event type',
    description: 'What `dataschema` of an event leads to; `$id` is the same address. A schema is no secret, so no token is asked for.',
  })
  @ApiParam({ name: 'name', schema: { type: 'string', maxLength: 200 }, example: 'dev.millrace.lending.loan-application.submitted.v1.json' })
  @ApiOkResponse({ description: 'JSON Schema, draft 2020-12.', schema: { type: 'object', additionalProperties: true } })
  read(@Param('name') name: string): Readonly<Record<string, unknown>> {
    const type = name.endsWith('.json') ? name.slice(0, -'.json'.length) : '';
    const schema = readEventSchema(type);
    if (!schema) throw notFound('event schema');
    return { ...schema, $id: eventSchemaAddress(this.config.installationUrl, type) };
  }
}
