import { LIST_PRODUCTS } from './product.api.js';
import type { Route } from './route.js';

/** Every route of the public API, in the order of the document. */
export const ROUTES: readonly Route[] = [LIST_PRODUCTS];
