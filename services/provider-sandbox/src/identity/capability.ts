import { defineCapability } from '@millrace/service';
import { IdentityController } from './identity.controller.js';

/** The party that checks identities. */
export const identity = defineCapability({
  name: 'identity',
  controllers: [IdentityController],
});
