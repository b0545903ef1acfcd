import { ROUTES } from '@millrace/contracts/api';
import { passFileBodies } from '@millrace/service';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MeterRequests } from './access/meter-requests.js';
import { sendSecurityHeaders } from './access/security-headers.js';
import { sendEntityTags } from './access/send-entity-tags.js';
import { answerInLanguage } from './language/answer-in-language.js';
import { serveDocument } from './openapi/serve-document.js';
import { sendOAuthErrors } from './token/oauth-errors.js';

/** What stands before and around every route of the gateway. */
export function configureGateway(app: NestFastifyApplication): void {
  const meter = app.get(MeterRequests);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply) => meter.admit(request, reply));
  passFileBodies(app, [...new Set(ROUTES.flatMap(({ file }) => file?.mediaTypes ?? []))]);
  sendEntityTags(app);
  answerInLanguage(app);
  sendSecurityHeaders(app);
  sendOAuthErrors(app);
  serveDocument(app);
}
