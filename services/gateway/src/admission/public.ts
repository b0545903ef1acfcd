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

export const ACCEPTS_FILE = 'millrace:accepts-file';

/** Marks a route whose body is a file of one of these media types. */
export function AcceptsFile(mediaTypes: readonly string[]): MethodDecorator {
  return SetMetadata(ACCEPTS_FILE, mediaTypes);
}
