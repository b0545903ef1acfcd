import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { buildDocument } from './build-document.js';

/** Serves the document at /v1/openapi.json and a page to read it at /v1/docs; every asset comes from the installed package, so the page works offline. */
export function serveDocument(app: NestFastifyApplication): void {
  SwaggerModule.setup('v1/docs', app, () => buildDocument(), {
    jsonDocumentUrl: 'v1/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Millrace API',
    // The validator's badge would be asked for from outside.
    swaggerOptions: { validatorUrl: null, defaultModelsExpandDepth: 0, docExpansion: 'list', tagsSorter: 'alpha' },
  });
}
