/** Why a submission is refused; the first that applies is answered. */
export interface SubmissionRefusal {
  readonly status: 409 | 422;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly field?: string;
}
