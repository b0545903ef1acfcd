import 'reflect-metadata';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDefined, IsObject, IsOptional, ValidateNested } from 'class-validator';

/**
 * Who is shown a part of an answer, beside having to be let in by the access table: whoever may call the route, the lender's staff alone, staff with
 * a right (one of `RIGHTS` in libs/service), or nobody outside the services.
 */
export type Audience = 'callers' | 'staff' | 'nobody' | `right:${string}`;

/** JSON Schema 2020-12 of one value. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a value counts, where its form does not say it. */
export type Unit = 'fen' | 'basis points' | 'months' | 'days' | 'seconds' | 'points';

/** Everything that is said of one field. */
export interface FieldSpec {
  /** A full sentence for whoever reads the API. */
  readonly meaning: string;
  /** A value as it stands in JSON; an object has the examples of its own fields. */
  readonly example: unknown;
  /** Form of one value, without null and without the list around it. */
  readonly schema: JsonSchema;
  /** Rules of a request, in the order in which they are told. */
  readonly rules: (each: boolean) => readonly PropertyDecorator[];
  readonly unit?: Unit;
  /** Meaning of each value of an enumeration. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly object?: Description;
  /** The value is an object whose members are not described. */
  readonly open?: true;
  /** The value is an object of such values, perhaps null, under names that are not fixed here. */
  readonly keyed?: { readonly example: string; readonly nullable: boolean };
  readonly nullable?: true;
  readonly optional?: true;
  /** Most items where the field is a list. */
  readonly listMax?: number;
  /** Narrower than that of the object around it. */
  readonly shownTo?: Audience;
}

/** One field of an answer or a request. Builders are in `fields.ts`; each method gives another field. */
export class Field<T = unknown, Optional extends boolean = boolean> {
  /** For the compiler alone. */
  declare readonly typeOfValue: T;
  declare readonly typeOfPresence: Optional;

  constructor(readonly spec: FieldSpec) {}

  /** The field is always there and may be null. */
  nullable(): Field<T | null, Optional> {
    return new Field({ ...this.spec, nullable: true });
  }

  /** The field may be missing. */
  optional(): Field<T, true> {
    return new Field({ ...this.spec, optional: true });
  }

  /** A list of at most `max` such values. */
  list(max: number): Field<readonly T[], Optional> {
    return new Field({ ...this.spec, listMax: max });
  }

  /** Such values by names that are not fixed here, e.g. because the policy or a scorecard gives them; `example` is one of them. Not for lists. */
  byName(example: string): Field<Readonly<Record<string, T>>, Optional> {
    const { nullable = false, ...one } = this.spec;
    return new Field({ ...one, keyed: { example, nullable } });
  }

  /** Shown to fewer than the object around it: to all others the field is null where it may be null, and missing where it may be missing. */
  shownTo(audience: Audience): Field<T, Optional> {
    return new Field({ ...this.spec, shownTo: audience });
  }
}

export type Fields = Readonly<Record<string, Field>>;

/** An object of the API under the name that it has in the OpenAPI document. */
export interface Description<F extends Fields = Fields> {
  readonly name: string;
  readonly shownTo: Audience;
  readonly meaning: string;
  readonly fields: F;
}

type RequiredKeys<F extends Fields> = { [K in keyof F]: F[K] extends Field<unknown, false> ? K : never }[keyof F];
type Flat<T> = { [K in keyof T]: T[K] };

/** Type of the values of some fields. */
export type ValuesOf<F extends Fields> = Flat<
  { readonly [K in RequiredKeys<F>]: F[K]['typeOfValue'] } & { readonly [K in Exclude<keyof F, RequiredKeys<F>>]?: F[K]['typeOfValue'] }
>;

/** Type of what a description describes: a view that is typed by it neither misses a field nor has one that nobody described. */
export type AnswerOf<D extends Description> = ValuesOf<D['fields']>;

/** Paths of the fields that a view has, at any depth, and an answer has not; what is open or under free names in the answer takes everything. */
type Undescribed<View, Answer> = View extends readonly (infer Item)[]
  ? Answer extends readonly (infer Shown)[]
    ? Undescribed<NonNullable<Item>, NonNullable<Shown>>
    : never
  : View extends object
    ? object extends Answer
      ? never
      : {
          [K in keyof View & string]-?: K extends keyof Answer
            ? Undescribed<NonNullable<View[K]>, NonNullable<Answer[K]>> extends infer Inner extends string
              ? `${K}.${Inner}`
              : never
            : K;
        }[keyof View & string]
    : never;

/**
 * For a view that is passed through as it is stored: what a description describes, where the view has no other field at any depth; else a type that
 * names the fields that nobody described, so that the compiler refuses the view.
 */
export type Exactly<View, D extends Description> = [Undescribed<View, AnswerOf<D>>] extends [never]
  ? AnswerOf<D>
  : { readonly notDescribed: Undescribed<View, AnswerOf<D>> };

/** A view as JSON carries it: its instants are text. */
export type Sent<View> = { [K in keyof View]: View[K] extends Date ? string : View[K] extends Date | null ? string | null : View[K] };

/** A view with its own instants as text; what lies deeper stays as it is. */
export function sent<View extends object>(view: View): Sent<View> {
  return Object.fromEntries(
    Object.entries(view).map(([name, value]: [string, unknown]) => [name, value instanceof Date ? value.toISOString() : value]),
  ) as Sent<View>;
}

/** Describes an object: its name, who is shown it, what it is, and its fields. */
export function describeAnswer<const F extends Fields>(name: string, shownTo: Audience, meaning: string, fields: F): Description<F> {
  return { name, shownTo, meaning, fields };
}

type RequestClass = new () => object;
const classes = new WeakMap<Fields, RequestClass>();

/** The rules of one field, as decorators of a class. */
function decoratorsOf({ spec }: Field): PropertyDecorator[] {
  const { optional, nullable, listMax, object, rules } = spec;
  const each = listMax !== undefined;
  const mayBeAbsent = optional || nullable;
  const presence = mayBeAbsent ? [IsOptional()] : [];
  const length = each ? [IsArray(), ArrayMaxSize(listMax)] : [];
  if (!object) return [...presence, ...length, ...rules(each)];
  const nested = [IsObject({ each }), ValidateNested({ each }), Type(() => requestClassOf(object.fields))];
  return [...presence, ...length, ...(mayBeAbsent ? [] : [IsDefined()]), ...nested];
}

/** A class of class-validator that a body or a query of these fields is checked by; one for the same fields. */
export function requestClassOf(fields: Fields): RequestClass {
  const known = classes.get(fields);
  if (known) return known;
  class DescribedRequest {}
  for (const [name, field] of Object.entries(fields)) for (const decorate of decoratorsOf(field)) decorate(DescribedRequest.prototype, name);
  classes.set(fields, DescribedRequest);
  return DescribedRequest;
}
