import { defineCapability } from '@millrace/service';
import { IndexController } from './index.controller.js';

/** The description of the API, as document and as page. */
export const openapi = defineCapability({
  name: 'openapi',
  face: ['render-document', 'serve-document'],
  controllers: [IndexController],
});
