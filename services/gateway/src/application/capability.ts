import { SUBMIT_APPLICATION, SUBMIT_DRAFT } from '@millrace/contracts/api';
import { defineCapability } from '@millrace/service';
import { serveRoute } from '../described/serve-route.js';
import { SubmitApplication } from './submit-application.js';
import { SubmitDraft } from './submit-draft.js';

/** An application as it comes in: parted between the services that keep it. */
export const application = defineCapability({
  name: 'application',
  controllers: [serveRoute(SUBMIT_APPLICATION, SubmitApplication), serveRoute(SUBMIT_DRAFT, SubmitDraft)],
  providers: [SubmitApplication, SubmitDraft],
});
