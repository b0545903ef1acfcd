import { allEventClasses, isVisibleToPartners, type EventClass } from '@millrace/contracts';
import { SHOW_APPLICATION_TIMELINE, SHOW_LOAN_TIMELINE } from '@millrace/contracts/api';
import { consume } from '@millrace/messaging';
import { defineCapability } from '@millrace/service';
import { serveRoute } from '../described/serve-route.js';
import { CheckOwner } from './check-owner.js';
import { OnLifecycleEvent, type LifecycleEvent } from './on-lifecycle-event.js';
import { ReadTimeline } from './read-timeline.js';

/** The steps of an application and of its loan that their classes declare visible to partners. */
const TIMELINE_EVENTS = allEventClasses()
  .filter(isVisibleToPartners)
  .map((eventClass) => consume(eventClass as EventClass<LifecycleEvent>, OnLifecycleEvent));

/** What happened to an application and its loan, as a partner is told of it. */
export const timeline = defineCapability({
  name: 'timeline',
  face: ['check-owner'],
  controllers: [serveRoute(SHOW_APPLICATION_TIMELINE, ReadTimeline), serveRoute(SHOW_LOAN_TIMELINE, ReadTimeline)],
  providers: [CheckOwner, ReadTimeline],
  consumes: TIMELINE_EVENTS,
  readModels: [
    {
      name: 'timeline',
      tables: ['application_owner', 'timeline_entry'],
      applicationColumn: 'application_id',
      consumes: TIMELINE_EVENTS,
    },
  ],
});
