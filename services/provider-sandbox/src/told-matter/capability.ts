import { defineCapability } from '@millrace/service';
import { MatterBook } from './matter-book.js';

/** What parties are told in writing, each once by its id. */
export const toldMatter = defineCapability({
  name: 'told-matter',
  face: ['matter-book'],
  providers: [MatterBook],
});
