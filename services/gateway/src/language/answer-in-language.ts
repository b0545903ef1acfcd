import { languageOf } from '@millrace/reasons';
import type { AuthenticatedRequest } from '@millrace/service';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { isOpen } from '../access/security-headers.js';
import { translateAnswer } from './translate-answer.js';

/** Answers every sentence in the language that the request asks for (`Accept-Language`); the one place where a language is chosen. */
export function answerInLanguage(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preSerialization', async (request, reply, answer) => {
      const [path = '/'] = request.url.split('?');
      // Schemas and keys have no language, and may be kept by everybody.
      if (isOpen(path) && reply.statusCode < 400) return answer;
      const language = languageOf(request.headers['accept-language']);
      void reply.headers({ 'content-language': language, vary: 'accept-language' });
      const { principal } = request as AuthenticatedRequest;
      return translateAnswer(answer, language, principal?.kind === 'staff' ? 'staff' : 'applicant');
    });
}
