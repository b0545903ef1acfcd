import { Problem } from '@millrace/service';
import { Header, Param, type PipeTransform } from '@nestjs/common';
import { validate } from 'uuid';

/** An id that a caller has made; lower-case, so that one id has one spelling. */
class RequestIdPipe implements PipeTransform<string, string> {
  constructor(private readonly name: string) {}

  transform(value: string): string {
    if (validate(value)) return value.toLowerCase();
    const errors = [{ field: this.name, message: 'must be a UUID' }];
    throw new Problem({ status: 400, code: 'VALIDATION_FAILED', title: 'Some fields are not right.', detail: 'Make a UUID for each new request.', errors });
  }
}

/** The id in the path of a `PUT`, which is its idempotency key. */
export function RequestId(name: string): ParameterDecorator {
  return Param(name, new RequestIdPipe(name));
}

/** The handler answers with JSON text that was made before. */
export function AnswersJsonText(): MethodDecorator {
  return Header('content-type', 'application/json; charset=utf-8');
}
