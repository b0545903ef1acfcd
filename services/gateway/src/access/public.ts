import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';

export const PUBLIC = 'millrace:public';
export const ACCEPTS_FORM = 'millrace:accepts-form';

/** Marks a route that needs no token. */
export function Public(): MethodDecorator {
  return applyDecorators(SetMetadata(PUBLIC, true), ApiSecurity({}));
}

/** Marks a route that takes a form beside JSON. */
export function AcceptsForm(): MethodDecorator {
  return SetMetadata(ACCEPTS_FORM, true);
}
