import { isId } from '@millrace/contracts';
import { Problem } from '@millrace/service';
import { Param, type PipeTransform } from '@nestjs/common';
import { validate as isUuid } from 'uuid';

class KnownIdPipe implements PipeTransform<unknown, string> {
  constructor(private readonly name: string) {}

  transform(value: unknown): string {
    if (typeof value === 'string' && isUuid(value)) return value.toLowerCase();
    throw new Problem({
      status: 400,
      code: 'VALIDATION_FAILED',
      title: 'The id in the address is not a UUID.',
      errors: [{ field: this.name, message: 'must be a UUID' }],
    });
  }
}

class NewIdPipe implements PipeTransform<unknown, string> {
  constructor(private readonly name: string) {}

  transform(value: unknown): string {
    if (typeof value === 'string' && isId(value)) return value.toLowerCase();
    throw new Problem({
      status: 400,
      code: 'ID_NOT_UUIDV7',
      title: 'The id of what is to be made is not a UUIDv7.',
      detail: 'Make one, and use the same for every retry.',
      errors: [{ field: this.name, message: 'must be a UUIDv7' }],
    });
  }
}

/** Id in the path of something that exists. */
export function KnownId(name: string): ParameterDecorator {
  return Param(name, new KnownIdPipe(name));
}

/** Id in the path that the client has made for what it writes (M-EV-07). */
export function NewId(name: string): ParameterDecorator {
  return Param(name, new NewIdPipe(name));
}

/** All ids of a path by name; the last one of a write names what is made. */
export class PathIds implements PipeTransform<Readonly<Record<string, unknown>>, Record<string, string>> {
  readonly #pipes: readonly (readonly [string, PipeTransform<unknown, string>])[];

  constructor(names: readonly string[], isWrite: boolean) {
    this.#pipes = names.map((name, at) => [name, isWrite && at === names.length - 1 ? new NewIdPipe(name) : new KnownIdPipe(name)]);
  }

  transform(given: Readonly<Record<string, unknown>>): Record<string, string> {
    return Object.fromEntries(this.#pipes.map(([name, pipe]) => [name, pipe.transform(given[name], { type: 'param' })]));
  }
}
