import type { TaskVisitAnswer, VisitAnswerView } from '@millrace/contracts/api';
import type { Statements } from '@millrace/tasks';
import { checklistOf } from './visit-checklists.js';
import type { AnsweredItem } from './visit-policy.js';

/** A visit as it is kept: the plan, and the report once there is one. */
export interface Visit extends Record<string, unknown> {
  readonly visitId: string;
  readonly reviewTaskId: string;
  readonly investigator: string;
  readonly plannedOn: string;
  readonly plannedBy: string;
  readonly plannedAt: Date;
  readonly checklistVersion: string;
  readonly visitedOn: string | null;
  readonly reportedAt: Date | null;
  readonly score: number | null;
  readonly answers: readonly AnsweredItem[] | null;
  readonly evidenceIds: readonly string[] | null;
  readonly notes: string | null;
}

const VISITS = `select v.visit_id as "visitId", v.review_task_id as "reviewTaskId", v.investigator, v.planned_on::text as "plannedOn", v.planned_by as "plannedBy",
  v.planned_at as "plannedAt", v.checklist_version as "checklistVersion", r.visited_on::text as "visitedOn", r.reported_at as "reportedAt", r.score, r.answers,
  r.evidence_ids as "evidenceIds", w.comment as notes
from field_visit v left join field_visit_report r using (visit_id) left join task_vote w on w.vote_id = r.report_id and w.task_id = v.review_task_id
where v.application_id = $1 order by v.planned_at, v.visit_id`;

/** Visits of an application, the first planned one first. */
export async function findVisits(db: Statements, applicationId: string): Promise<Visit[]> {
  return (await db.query<Visit>(VISITS, [applicationId])).rows;
}

const questionsOf = (version: string) => checklistOf(version).items.map(({ code, en }) => ({ item: code, question: en }));

/** A visit as staff read it. */
export function visitView(visit: Visit): VisitAnswerView {
  const { visitId, reviewTaskId, investigator, plannedOn, plannedBy, plannedAt, checklistVersion } = visit;
  return {
    ...{ visitId, reviewTaskId, investigator, plannedOn, plannedBy, plannedAt: plannedAt.toISOString(), checklistVersion },
    checklist: questionsOf(checklistVersion),
    report: visit.reportedAt && { ...reportOf(visit), reportedAt: visit.reportedAt.toISOString(), notes: visit.notes },
  };
}

function reportOf({ visitedOn, score, answers, evidenceIds }: Visit) {
  return { visitedOn: visitedOn!, score, answers: [...(answers ?? [])], evidenceIds: [...(evidenceIds ?? [])] };
}

/** A reported visit beside the figures of who decides. */
export function taskVisit(visit: Omit<Visit, 'notes' | 'plannedAt' | 'plannedBy' | 'plannedOn' | 'reviewTaskId' | 'reportedAt'>): TaskVisitAnswer {
  const { visitId, investigator, checklistVersion, visitedOn, score, answers, evidenceIds } = visit as Visit;
  return { visitId, investigator, checklistVersion, visitedOn: visitedOn!, score, answers: [...(answers ?? [])], evidenceIds: [...(evidenceIds ?? [])] };
}
