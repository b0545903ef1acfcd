import { ValidateBy } from 'class-validator';

/** A field rule that a text must hold; `message` may name the field as `$property`. Anything but a text breaks it. */
export function textRule(name: string, holds: (text: string) => boolean, message: string): PropertyDecorator {
  const validate = (value: unknown): boolean => typeof value === 'string' && holds(value);
  return ValidateBy({ name, validator: { validate, defaultMessage: (args) => message.replace('$property', args?.property ?? 'the field') } });
}
