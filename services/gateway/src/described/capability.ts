import { defineCapability } from '@millrace/service';
import { HandOn } from './serve-route.js';

/** Routes as they are described: checked on the way in, cut to the description on the way out. */
export const described = defineCapability({
  name: 'described',
  face: ['csv-rows', 'serve-file', 'serve-route'],
  providers: [HandOn],
});
