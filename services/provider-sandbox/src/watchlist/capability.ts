import { defineCapability } from '@millrace/service';
import { ScreenSubjects } from './screen-subjects.js';
import { WatchlistController } from './watchlist.controller.js';

/** The party that screens names against lists. */
export const watchlist = defineCapability({
  name: 'watchlist',
  controllers: [WatchlistController],
  providers: [ScreenSubjects],
});
