import { defineCapability } from '@millrace/service';

/** Requests that name themselves: the same again gets the first answer, another content under the id is refused. */
export const request = defineCapability({ name: 'request', face: ['claim-request', 'submission-refusal'] });
