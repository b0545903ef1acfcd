import { FormField, ObjectField, TextField, WholeField } from './fields.js';

/** One field that is wrong. */
export class FieldErrorDto {
  @TextField(200, { description: 'Path of the field, as it was sent.', example: 'company.uscc' }) field!: string;
  @TextField(300) message!: string;
}

/** Every error of every route (RFC 9457). */
export class ProblemDto {
  @TextField(200, { example: 'https://millrace.dev/problems/id-reused' }) type!: string;
  @TextField(300, { description: 'What is wrong, in one sentence.' }) title!: string;
  @WholeField(400, 599) status!: number;
  @TextField(500, { optional: true, description: 'What to do about it.' }) detail?: string;
  @FormField(/^[A-Z][A-Z0-9_]{2,59}$/, 'a code', { description: 'Stable; rely on this one.', example: 'ID_REUSED' }) code!: string;
  @TextField(2_000, { description: 'Path of the request.' }) instance!: string;
  @ObjectField(() => FieldErrorDto, { optional: true, list: { max: 50 } }) errors?: FieldErrorDto[];
  @WholeField(1, 1_048_576, { optional: true, description: 'How many more fields are wrong than are listed.' }) errorsOmitted?: number;
}
