import { FieldVisitPlanned, FieldVisitReported } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { PlanVisit } from './plan-visit.js';
import { ReportVisit } from './report-visit.js';
import { VisitController } from './visit.controller.js';

/** The visit to the firm before people decide on a large or doubtful loan (T3): planned, reported by a dated checklist, shown to whoever decides. */
export const visit = defineCapability({
  name: 'visit',
  controllers: [VisitController],
  providers: [PlanVisit, ReportVisit],
  produces: [FieldVisitPlanned, FieldVisitReported],
});
