import { defineCapability } from '@millrace/service';
import { CourtFilingController } from './court-filing.controller.js';
import { CourtNewsControlController, CourtNewsController } from './court-news.controller.js';
import { NewsBook } from './news-book.js';

/** A court that takes cases in electronically and tells what becomes of them. */
export const courtCase = defineCapability({
  name: 'court-case',
  controllers: [CourtFilingController, CourtNewsController, CourtNewsControlController],
  providers: [NewsBook],
});
