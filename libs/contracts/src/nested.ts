import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, ValidateNested } from 'class-validator';

type NestedClass = () => new () => object;

function apply(decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => decorators.forEach((decorate) => decorate(target, property));
}

/** One nested object. `@ValidateNested()` alone lets its absence and an empty list pass. */
export function IsNested(nested: NestedClass): PropertyDecorator {
  return apply([Type(nested), ValidateNested(), IsObject()]);
}

/** A list of nested objects, with its greatest length. */
export function IsListOf(nested: NestedClass, maxSize: number): PropertyDecorator {
  return apply([Type(nested), ValidateNested({ each: true }), IsObject({ each: true }), ArrayMaxSize(maxSize), IsArray()]);
}
