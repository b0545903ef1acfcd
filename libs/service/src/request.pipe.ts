import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { BoundedErrors } from './bounded-errors.js';
import { Problem } from './problem.js';
import type { RequestClass } from './request-shape.js';
import { screenRequest } from './screen-request.js';

const RULES = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
/** Types that say nothing of the fields of a value. */
const BUILT_IN: ReadonlySet<unknown> = new Set([String, Boolean, Number, Array, Object, Buffer, Date, undefined]);

function validationFailed(errors: BoundedErrors): Problem {
  const { listed, omitted } = errors;
  return new Problem({
    status: 400,
    code: 'VALIDATION_FAILED',
    title: 'Some fields are not right.',
    detail:
      omitted > 0
        ? `Correct the fields listed and send the request again with the same id. ${omitted} more are not listed.`
        : 'Correct the fields listed and send the request again with the same id.',
    errors: listed,
    ...(omitted > 0 ? { extensions: { errorsOmitted: omitted } } : {}),
  });
}

function collect(found: readonly ValidationError[], path: string, errors: BoundedErrors): void {
  for (const { property, constraints = {}, children = [] } of found) {
    const field = path ? `${path}.${property}` : property;
    if (errors.has(field)) continue;
    for (const [rule, message] of Object.entries(constraints)) {
      const words = rule === 'whitelistValidation' ? 'is not a field of this request' : message.replace(new RegExp(`^(each value in )?${property} `), '');
      errors.add(field, words);
    }
    collect(children, field, errors);
  }
}

/** Checks every body and query against its class: unknown fields, wrong types and out-of-range values are named; every other text is one that can be read. */
@Injectable()
export class RequestPipe implements PipeTransform<unknown, Promise<unknown>> {
  async transform(value: unknown, { metatype, type }: ArgumentMetadata): Promise<unknown> {
    // Parameters of the path have pipes of their own.
    if (type === 'custom' || BUILT_IN.has(metatype)) return value;
    const errors = new BoundedErrors();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      errors.add(type, 'must be one JSON object');
      throw validationFailed(errors);
    }
    const requestClass = metatype as RequestClass;
    const request = plainToInstance(requestClass, screenRequest(value, requestClass, errors));
    collect(await validate(request, RULES), '', errors);
    if (errors.listed.length > 0) throw validationFailed(errors);
    return request;
  }
}
