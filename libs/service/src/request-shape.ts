import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';

/** A class that requests are checked against. */
export type RequestClass = new () => object;

/** What may come in one field, as far as it bounds the work that a request makes. */
export interface FieldShape {
  readonly isList: boolean;
  /** Most items of a list. */
  readonly maxItems: number;
  /** Class of the object, or of the objects of the list. */
  readonly nested: RequestClass | undefined;
}

/** For a list whose class names no length. */
const DEFAULT_MAX_ITEMS = 1_000;
const shapes = new WeakMap<RequestClass, ReadonlyMap<string, FieldShape>>();

/** Classes of nested objects; asked of class-transformer itself, as it makes an instance of each from an empty object. */
function nestedClasses(requestClass: RequestClass, fields: readonly string[]): Map<string, RequestClass> {
  const probe = plainToInstance(requestClass, Object.fromEntries(fields.map((field) => [field, {}]))) as Record<string, object>;
  return new Map(fields.map((field) => [field, probe[field]!.constructor as RequestClass]));
}

/** Fields of a class by name, read once from its decorators. */
export function shapeOf(requestClass: RequestClass): ReadonlyMap<string, FieldShape> {
  const known = shapes.get(requestClass);
  if (known) return known;
  const rules = Map.groupBy(getMetadataStorage().getTargetValidationMetadatas(requestClass, '', false, false), ({ propertyName }) => propertyName);
  const withObjects = [...rules].filter(([, ofField]) => ofField.some(({ type }) => type === 'nestedValidation')).map(([field]) => field);
  const nested = nestedClasses(requestClass, withObjects);
  const shape = new Map<string, FieldShape>();
  for (const [field, ofField] of rules) {
    const bound = ofField.find(({ name }) => name === 'arrayMaxSize')?.constraints as [number] | undefined;
    const isList = bound !== undefined || ofField.some(({ name, each }) => name === 'isArray' || each);
    shape.set(field, { isList, maxItems: bound?.[0] ?? DEFAULT_MAX_ITEMS, nested: nested.get(field) });
  }
  shapes.set(requestClass, shape);
  return shape;
}
