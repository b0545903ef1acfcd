import { defineCapability } from '@millrace/service';
import { EventSchemaController } from './event-schema.controller.js';

/** Schemas of events, for who reads the log. */
export const eventSchema = defineCapability({
  name: 'event-schema',
  controllers: [EventSchemaController],
});
