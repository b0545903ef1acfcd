import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'millrace:public';
export const ACCEPTS_FORM = 'millrace:accepts-form';

/** Marks a route that needs no token. */
export function Public(): MethodDecorator {
  return SetMetadata(PUBLIC, true);
}

/** Marks a route that takes a form beside JSON. */
export function AcceptsForm(): MethodDecorator {
  return SetMetadata(ACCEPTS_FORM, true);
}
