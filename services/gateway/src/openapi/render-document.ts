import { CLOCK, Database, LOGGER, MetricsRegistry } from '@millrace/service';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { GatewayConfig } from '../config.js';
import { GatewayModule } from '../gateway.module.js';
import { buildDocument } from './build-document.js';

/** The committed copy of the document. */
export const OPENAPI_FILE = new URL('../../../../docs/openapi.json', import.meta.url);

/** Names of what the runtime would provide; a preview looks them up and makes none of them. */
const RUNTIME = [CLOCK, LOGGER, Database, MetricsRegistry, GatewayConfig];

/** The document as text, from the decorators alone: nothing is started. */
export async function renderDocument(): Promise<string> {
  class RuntimeModule {}
  Global()(RuntimeModule);
  Module({ providers: RUNTIME.map((provide) => ({ provide, useFactory: () => undefined })), exports: RUNTIME })(RuntimeModule);
  class DocumentModule {}
  Module({ imports: [RuntimeModule, GatewayModule] })(DocumentModule);
  const app = await NestFactory.create<NestFastifyApplication>(DocumentModule, new FastifyAdapter(), { preview: true, logger: false, abortOnError: false });
  return `${JSON.stringify(buildDocument(app), undefined, 2)}\n`;
}
