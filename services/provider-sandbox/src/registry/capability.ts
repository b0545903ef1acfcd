import { defineCapability } from '@millrace/service';
import { RegistryController } from './registry.controller.js';

/** The business registry. */
export const registry = defineCapability({
  name: 'registry',
  controllers: [RegistryController],
});
