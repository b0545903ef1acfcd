import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { Problem, type FieldError } from './problem.js';

function flatten(errors: readonly ValidationError[], path: string): FieldError[] {
  return errors.flatMap((error) => {
    const field = path ? `${path}.${error.property}` : error.property;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      field,
      message: rule === 'whitelistValidation' ? 'is not a field of this request' : message.replace(new RegExp(`^(each value in )?${error.property} `), ''),
    }));
    return [...own, ...flatten(error.children ?? [], field)];
  });
}

/** Checks every body against its DTO: unknown fields, wrong types and out-of-range values are named, all at once. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    transformOptions: { enableImplicitConversion: false },
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    exceptionFactory: (errors) =>
      new Problem({
        status: 400,
        code: 'VALIDATION_FAILED',
        title: 'Some fields are not right.',
        detail: 'Correct the fields listed and send the request again with the same id.',
        errors: flatten(errors, ''),
      }),
  });
}
