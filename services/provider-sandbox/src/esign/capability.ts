import { defineCapability } from '@millrace/service';
import { Certificates } from './certificates.js';
import { SignatureController } from './signature.controller.js';

/** The party that signs. */
export const esign = defineCapability({
  name: 'esign',
  controllers: [SignatureController],
  providers: [Certificates],
});
