import { eventSchemaAddress, readEventSchema } from '@millrace/contracts';
import { notFound } from '@millrace/service';
import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { Public } from '../admission/public.js';
import { GatewayConfig } from '../config.js';

/** A released schema only gets optional fields, so that a copy of an hour ago is still right. */
const CACHE_SECONDS = 3_600;

@Controller('v1/event-schemas')
export class EventSchemaController {
  constructor(@Inject(GatewayConfig) private readonly config: GatewayConfig) {}

  @Get(':name')
  @Public()
  @Header('cache-control', `public, max-age=${CACHE_SECONDS}`)
  read(@Param('name') name: string): Readonly<Record<string, unknown>> {
    const type = name.endsWith('.json') ? name.slice(0, -'.json'.length) : '';
    const schema = readEventSchema(type);
    if (!schema) throw notFound('event schema');
    return { ...schema, $id: eventSchemaAddress(this.config.installationUrl, type) };
  }
}
