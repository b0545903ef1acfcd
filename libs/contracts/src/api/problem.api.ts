import { describeAnswer } from './field.js';
import { form, object, text, whole } from './fields.js';

export const FIELD_ERROR = describeAnswer('FieldError', 'callers', 'One field that is wrong.', {
  field: text(200, 'Path of the field, as it was sent.', 'company.uscc'),
  message: text(300, 'What it must be.', 'must be 18 digits and capital letters'),
});

const PROBLEM_FIELDS = {
  type: text(200, 'Address that names the kind of problem.', 'https://millrace.dev/problems/id-reused'),
  title: text(300, 'What is wrong, in one sentence.', 'The id was used for other content.'),
  status: whole(400, 599, 'Status of the answer.', 409),
  detail: text(500, 'What to do about it.', 'Make another id for other content.').optional(),
  code: form(/^[A-Z][A-Z0-9_]{2,59}$/, 'a code', 'Stable code of the problem; rely on this one.', 'ID_REUSED'),
  instance: text(2_000, 'Path of the request.', '/v1/loan-applications/019cac3d-9a80-7000-8000-5a3c1d2e4f60'),
  errors: object(FIELD_ERROR, 'The fields that are wrong.').list(50).optional(),
  errorsOmitted: whole(1, 1_048_576, 'How many more fields are wrong than are listed.', 1).optional(),
} as const;

/** Every error of every route (RFC 9457). */
export const PROBLEM = describeAnswer('Problem', 'callers', 'Every error of every route (RFC 9457).', PROBLEM_FIELDS);

/** A refused token request: a problem that is an OAuth error, too (RFC 6749). */
export const OAUTH_ERROR = describeAnswer(
  'TokenProblem',
  'callers',
  'A refused token request: an OAuth error with the members of a problem beside it (RFC 6749).',
  {
    ...PROBLEM_FIELDS,
    error: text(60, 'Code of RFC 6749.', 'invalid_client'),
    error_description: text(300, 'What is wrong, in one sentence.', 'The client is unknown or its secret is wrong.'),
  },
);
