import { defineCapability } from '@millrace/service';
import { Upstream } from './upstream.js';

/** The services behind the gateway. */
export const upstream = defineCapability({
  name: 'upstream',
  face: ['upstream'],
  providers: [Upstream],
});
